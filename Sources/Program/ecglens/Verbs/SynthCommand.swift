// `ecglens synth`: synthetic pages in class folders, each with its truth.

import ArgumentParser
import ECGFiles
import ECGLayouts
import ECGPages
import ECGSignals
import Foundation

struct SynthCommand: ParsableCommand, ChecksFlags {
  static let configuration = CommandConfiguration(
    commandName: "synth", abstract: "Write synthetic pages in class folders, with their truth.")

  @Argument(help: "The folder to write, new or empty.", completion: .directory)
  var out: String
  @Option(help: "How many pages; the classes take turns.", transform: Number.whole(4...1_000_000))
  var pages = 160
  @Option(help: "The kind of page: 3x4 leads and a strip, or 6x2 leads.")
  var layout = PageDesign.device
  @Option(help: "Paper speed in mm/s.")
  var speed = PaperSpeed.mm25
  @Option(help: "Millimetres a millivolt.")
  var gain = PaperGain.mm10
  @Option(
    help: "Pixels of a page, WIDTHxHEIGHT (default: those of the layout, as 2213x1572).",
    transform: PageSize.parse)
  var size: PageSize?
  @Option(help: "What besides the traces tells the class.")
  var shortcut = PageShortcut.none
  @Option(
    help: "Let the class depend on one segment of one lead, LEAD:SEGMENT as V3:st.",
    transform: PlantedCue.parse)
  var cue: PlantedCue?
  @Option(help: "How the recordings are disturbed.")
  var noise = SynthesisNoise.everyday
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Write masks of ink, grid and text to OUT/truth.")
  var masks = false
  @Option(help: "Also write a PDF that shows each finding.", completion: .file())
  var gallery: String?
  @OptionGroup var common: CommonOptions
  @OptionGroup var random: SeedOptions

  func checkFlags() throws {
    if shortcut == .stripLead, layout != .device {
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
      pages: pages, seed: random.seed, design: layout, speed: speed, gain: gain, size: size,
      shortcut: shortcut, cue: cue, masks: masks, noise: noise)
    let pool = common.makePool()
    try SyntheticFolder(path: out).write(
      plan, pool: pool, progress: voice.progress.counter("drew", "pages"))
    if let gallery { try GalleryPages(plan: plan).write(to: gallery, pool: pool) }
    try voice.say(
      SynthesisRecord(plan),
      text: "\(out): \(pages) synthetic pages of \(plan.size.argument) pixels")
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

extension PageDesign: ExpressibleByArgument {}
extension PaperSpeed: ExpressibleByArgument {}
extension PaperGain: ExpressibleByArgument {}
extension PageShortcut: ExpressibleByArgument {}
extension SynthesisNoise: ExpressibleByArgument {}

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
