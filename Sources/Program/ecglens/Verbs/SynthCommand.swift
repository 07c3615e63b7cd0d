// `ecglens synth`: synthetic pages in class folders, with ground truth.

import ArgumentParser
import ECGFiles
import ECGLayouts
import ECGOutputs
import ECGPages
import ECGSignals
import Foundation

/// The pages to draw.
struct SynthesisOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Number of pages, over the classes in turn. (default: 160)", valueName: "n"),
    transform: Number.whole(4...1_000_000))
  var pages = 160
  @Option(help: ArgumentHelp("Page layout.", valueName: "name"))
  var layout = PageDesign.device
  @Option(help: ArgumentHelp("Paper speed in mm/s.", valueName: "mm/s"))
  var speed = PaperSpeed.mm25
  @Option(help: ArgumentHelp("Gain in mm/mV.", valueName: "mm/mV"))
  var gain = PaperGain.mm10
  @Option(
    help: ArgumentHelp(
      "Size of a page in pixels, WIDTHxHEIGHT. (default: that of the layout, as 2213x1572)",
      valueName: "size"), transform: PageSize.parse)
  var size: PageSize?
  @Option(help: ArgumentHelp("Shortcut to the class besides the traces.", valueName: "name"))
  var shortcut = PageShortcut.none
  @Option(
    help: ArgumentHelp(
      "Let the class depend on one segment of one lead, as V3:st. (default: none)",
      valueName: "lead:segment"), transform: PlantedCue.parse)
  var cue: PlantedCue?
  @Option(help: ArgumentHelp("Noise of the recordings.", valueName: "name"))
  var noise = SynthesisNoise.everyday
}

/// What is written besides the pages.
struct SynthesisOutputOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Write masks of ink, grid and text to OUT/truth.")
  var masks = false
  @Option(
    help: ArgumentHelp("PDF that shows each finding. (default: none)", valueName: "file"),
    completion: .file())
  var gallery: String?
}

struct SynthCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "synth", abstract: "Write synthetic pages in class folders, with ground truth.",
    discussion: """
      12-lead pages of 27 findings in the classes normal, abnormal, hmi and mi. Beside each page \
      lie its beats and lead boxes (JSON) and a WFDB record. The same seed draws the same bytes.

      Example:
        ecglens synth pages --pages 160 --seed 1 --gallery pages.pdf
      """)

  @Argument(help: "Folder to write, new or empty.", completion: .directory)
  var out: String
  @OptionGroup(title: "Data") var synthesis: SynthesisOptions
  @OptionGroup(title: "Data") var random: SeedOptions
  @OptionGroup(title: "Output") var extras: SynthesisOutputOptions
  @OptionGroup var common: CommonOptions

  private var gallery: String? { extras.gallery }

  func checkFlags() throws {
    let layout = synthesis.layout
    if synthesis.shortcut == .stripLead, layout != .device {
      throw UnusedFlag(
        "shortcut", "pages of the layout \(layout.rawValue) have no rhythm strip",
        remedy: "choose another shortcut or --layout device")
    }
  }

  func run() throws {
    SignalWatch()
    let voice = common.voice
    try SyntheticFolder(path: out).checkEmpty()
    try OutputPlace(out, flag: "OUT").checkOutsideData(countsParts: false)
    try OutputPlace(out, flag: "OUT").checkFolder()
    try gallery.map(checkGallery)
    let plan = SynthesisPlan(
      pages: synthesis.pages, seed: random.seed, design: synthesis.layout, speed: synthesis.speed,
      gain: synthesis.gain, size: synthesis.size, shortcut: synthesis.shortcut, cue: synthesis.cue,
      masks: extras.masks, noise: synthesis.noise)
    let pool = common.makePool()
    try SyntheticFolder(path: out).write(
      plan, pool: pool, progress: voice.progress.counter("drew", "pages"))
    if let gallery { try GalleryPages(plan: plan).write(to: gallery, pool: pool) }
    try voice.say(
      SynthesisRecord(plan),
      text: "\(out): \(synthesis.pages) synthetic pages of \(plan.size.argument) pixels")
  }
}

extension SynthCommand {
  /// Refuses a place where no gallery can be written, or where a document is.
  private func checkGallery(_ path: String) throws {
    let place = OutputPlace(path, flag: "--gallery")
    let isBeside = OutputPlace.same(folderPath(of: path), out)
    try place.checkFile(makesFolders: isBeside)
    try checkPDFPlace(path)
    try place.checkOutsideData()
    try place.checkOutsideRuns(mayReplaceOthers: true)
    guard try !isRegularFile(path) || readFile(path).isEmpty else {
      throw OutputError.otherPDF(path, force: false)
    }
  }
}

extension PaperSpeed: ExpressibleByArgument {}
extension PaperGain: ExpressibleByArgument {}

extension PageDesign: DescribedChoice {}

extension PageShortcut: DescribedChoice {}

extension SynthesisNoise: DescribedChoice {}

extension PlantedCue {
  /// A parser whose fault names the form.
  static func parse(_ text: String) throws -> PlantedCue {
    guard let cue = PlantedCue(argument: text) else {
      throw Number.Fault(
        description: "use LEAD:SEGMENT, as V3:st; segments are "
          + BeatSegment.allCases.filter { $0 != .rhythm }.map(\.rawValue).joined(separator: ", "))
    }
    return cue
  }
}
