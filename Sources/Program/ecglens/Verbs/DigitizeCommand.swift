// `ecglens digitize`: the traces of pages in millivolts, and features of them.

import ArgumentParser
import ECGDatasets
import ECGFiles
import ECGLayouts
import ECGOutputs
import ECGPages
import ECGPlotting
import ECGResults
import ECGTraining

/// The results of digitizing.
struct DigitizationOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Folder for records, features and overlays.", valueName: "folder"),
    completion: .directory)
  var out: String
  @Option(
    help: ArgumentHelp(
      "Format of the overlay: the digitized leads in color on the gray page.", valueName: "format"))
  var overlay = OverlayKind.png
}

/// The scale of the pages.
struct DigitizationScaleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Paper speed in mm/s. (default: as printed in the page's footer, else 25)",
      valueName: "mm/s"))
  var speed: PaperSpeed?
}

struct DigitizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digitize",
    abstract: "Digitize pages: WFDB records, features and overlays. For research only.",
    discussion: """
      Writes one WFDB record per page (10 s, 500 Hz), one row per page of measures.csv and an \
      overlay. A lead that is not on the page is missing in the record, wholly or in part, and listed \
      among the problems. A page whose grid drifts by more than 0.25 mm vertically or 0.125 mm \
      horizontally is marked as distorted.

      Example:
        ecglens digitize scans --out digitized
      """,
    aliases: ["digitise"])

  @Argument(help: "Pages, JPEG or PNG, or folders of them.", completion: .file())
  var paths: [String]
  @OptionGroup(title: "Data") var scale: DigitizationScaleOptions
  @OptionGroup(title: "Data") var size: PageSizeOptions
  @OptionGroup(title: "Output") var results: DigitizationOutputOptions
  @OptionGroup var common: CommonOptions

  private var out: String { results.out }
  private var overlay: OverlayKind { results.overlay }

  func run() throws {
    let signals = SignalWatch()
    let voice = common.voice
    try OutputPlace(out).check(outside: paths)
    try OutputPlace(out).checkFolder()
    let files = try PageFiles(paths)
    voice.warn(about: files)
    let digitiser = DigitizationRun(
      out: out, overlay: overlay, typeface: overlay == .none ? nil : try Typeface(),
      maximumMegapixels: size.maxMegapixels, speed: scale.speed, speedFlag: "--speed",
      pool: common.makePool())
    let count = voice.progress.counter("digitized", "pages")
    var status = ExitStatus.done
    var done = 0
    try digitiser.digitise(files.pages, stop: signals.handOver()) { page in
      done += 1
      if let fault = page.fault {
        try voice.say(path: page.path, fault)
        status = (fault as? any ExitStatusError)?.exitStatus ?? .badData
      } else {
        try voice.say(page, text: page.text)
      }
      count(done, files.pages.count)
    }
    if status != .done { throw ExitCode(status.rawValue) }
  }
}

extension OverlayKind: DescribedChoice {}
