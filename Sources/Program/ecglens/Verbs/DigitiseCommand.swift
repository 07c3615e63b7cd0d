// `ecglens digitise`: the traces of pages in millivolts, and what is measured on them.

import ArgumentParser
import ECGFiles
import ECGLayouts
import ECGPages
import ECGPlotting
import ECGTraining

struct DigitiseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digitise",
    abstract: "Read the traces of pages: WFDB records, measures, overlays. No diagnosis.",
    discussion: """
      A lead that is not on the page is missing in the record and named among the problems, wholly \
      or in part. A page whose grid drifts by more than 0.25 mm down or 0.125 mm to the side is marked \
      as distorted.
      """)

  @Argument(help: "Pages, JPEG or PNG, or folders of them.", completion: .file())
  var paths: [String]
  @Option(help: "The folder for records, measures and overlays.", completion: .directory)
  var out: String
  @Option(help: "The reading in colour on the grey page.")
  var overlay = OverlayKind.png
  @Option(
    help: "Paper speed in mm/s (default: read from the page's footer, otherwise assumed to be 25).")
  var speed: PaperSpeed?
  @OptionGroup var size: PageSizeOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let signals = SignalWatch()
    let voice = common.voice
    try OutputPlace(out).check(outside: paths)
    try OutputPlace(out).checkFolder()
    let files = try PageFiles(paths)
    voice.warn(about: files)
    let digitiser = PageDigitiser(
      out: out, overlay: overlay, typeface: overlay == .none ? nil : try Typeface(),
      maximumMegapixels: size.maxMegapixels, speed: speed, pool: common.makePool())
    let count = voice.progress.counter("read", "pages")
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

extension OverlayKind: ExpressibleByArgument {}
