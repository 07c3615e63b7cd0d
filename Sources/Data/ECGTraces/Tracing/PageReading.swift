// From a page's image to its traces.

import ECGLayouts
import ECGRaster
import ECGRecordings
import ECGTerms

/// A page as read.
public struct PageReading: Sendable {
  /// The layout found, in its own pixels.
  public let layout: PageLayout
  /// Where the layout lies on the page.
  public let placement: Placement
  /// The paper speed that it is read at, and how that is known.
  public let speed: PageSpeed
  /// The height of a millivolt on the page, measured at the calibration pulses, in layout pixels.
  public let pixelsPerMillivolt: Double
  /// The twelve leads, in the order of `Lead.allCases`.
  public let leads: [LeadReading]
  /// The rhythm strip, where the layout has one.
  public let strip: LeadReading?
  /// How far the grid drifts from where a flat page has it; `nil` where the page shows no grid.
  public let drift: GridDrift?

  /// What is missing of the page, and why.
  public var problems: [ReadingProblem] {
    leads.compactMap { reading in
      reading.problem.map { .lead(reading.lead?.rawValue ?? "lead", $0) }
    } + (strip?.problem.map { [.lead("rhythm strip", $0)] } ?? [])
      + (distortion.map { [$0] } ?? [])
  }

  /// The distortion of a page that is not flat.
  public var distortion: ReadingProblem? {
    drift.flatMap { $0.isDistorted ? .distorted(millimeters: max($0.down, $0.across)) : nil }
  }

  /// The leads of which not one sample was read.
  public var missingLeads: [Lead] { leads.filter(\.isMissing).compactMap(\.lead) }

  /// Ten seconds at 500 samples per second, each lead at its own time, NaN elsewhere.
  public var recording: Recording {
    let seconds =
      (leads + (strip.map { [$0] } ?? [])).map {
        $0.startSeconds + Double($0.millivolts.count) / Recording.standardRate
      }.max() ?? 0
    let count = Int((seconds * Recording.standardRate).rounded())
    func spread(_ reading: LeadReading) -> [Double] {
      var samples = [Double](repeating: .nan, count: count)
      let start = Int((reading.startSeconds * Recording.standardRate).rounded())
      for (offset, value) in reading.millivolts.enumerated() where start + offset < count {
        samples[start + offset] = value
      }
      return samples
    }
    var found: [Lead: [Double]] = [:]
    for reading in leads {
      if let lead = reading.lead { found[lead] = spread(reading) }
    }
    return Recording(
      leads: found, rhythm: strip.map { RhythmStrip(lead: $0.lead, samples: spread($0)) },
      count: count)
  }
}

/// What is wrong with the reading of a page.
public enum ReadingProblem: Equatable, Sendable, CustomStringConvertible {
  /// A lead, or the rhythm strip, is missing, wholly or in part.
  case lead(String, LeadProblem)
  /// The page is sheared, curled or seen in perspective: its grid drifts so far.
  case distorted(millimeters: Double)

  /// The problem in words, with the lead's name before it.
  public var description: String {
    switch self {
    case .lead(let name, let problem): "\(name): \(problem)"
    case .distorted(let millimeters):
      "page: distorted (sheared, curled or in perspective): the grid drifts by "
        + "\((millimeters * 10).rounded() / 10) mm, so that voltages and times are unreliable"
    }
  }
}

/// Reads the traces of a page.
///
/// The layout's marks give its place, turn and scale on the page; each lead's line is then followed
/// as the cheapest path through the lead. A pure function of the pixels.
///
/// - Parameters:
///   - image: The page, upright within 3 degrees, at half to twice its layout's own size.
///   - path: What an error names.
///   - cut: Whether a page is read too that reaches out of the image, as far as it is there.
///   - speed: The paper speed, where the caller knows it; see ``PageSpeed``.
/// - Throws: ``ReadingError`` for a page that is not of a known layout or shows no traces.
public func readPage(
  _ image: Image, path: String, cut: Bool = false, speed given: PaperSpeed? = nil
) throws(ReadingError) -> PageReading {
  guard min(image.width, image.height) >= FoundLayout.leastSide else {
    throw .tooSmall(path, width: image.width, height: image.height)
  }
  let page = GreyPage(image)
  guard let scale = InkScale(of: page) else { throw .blank(path) }
  let view = cut ? PageSize(width: image.width, height: image.height) : nil
  guard let (rough, millivolt) = FoundLayout.fitted(on: page, scale: scale, view: view) else {
    throw .unknownLayout(path)
  }
  let print = SpeedPrint(page, scale: scale, layout: rough.layout, placement: rough.placement)
  let speed = PageSpeed(given: given, printed: print.speed)
  let found = FoundLayout(
    layout: rough.layout.at(speed.speed), landmarks: rough.landmarks, placement: rough.placement)
  guard cut || found.isWithin(width: image.width, height: image.height) else {
    throw .partlyOutside(path, layout: found.layout.name)
  }
  let tracer = PanelTracer(page, scale: scale, found: found, millivoltHeight: millivolt)
  let traced = tracer.tracedTogether(found.layout.allPanels)
  let readings = traced.map { tracer.reading($0) }
  let leads = Array(readings.prefix(found.layout.panels.count))
  guard leads.contains(where: { !$0.isMissing }) else {
    throw .noTraces(path, layout: found.layout.name)
  }
  let strip = readings.dropFirst(leads.count).first
  return PageReading(
    layout: found.layout, placement: found.placement, speed: speed, pixelsPerMillivolt: millivolt,
    leads: leads, strip: strip.map { tracer.named($0, like: leads) },
    drift: GridOffsets(page: page, scale: scale, found: found).drift())
}

extension FoundLayout {
  /// Every panel lies on an image, but for a few pixels.
  fileprivate func isWithin(width: Int, height: Int) -> Bool {
    layout.allPanels.allSatisfy { panel in
      let box = panel.box
      let corners = [box.x, box.right].flatMap { x in
        [box.y, box.bottom].map { PagePoint(x: x, y: $0) }
      }
      return corners.allSatisfy { corner in
        let place = placement.onPage(corner)
        return place.x >= -4 && place.y >= -4 && place.x <= Double(width) + 4
          && place.y <= Double(height) + 4
      }
    }
  }
}

extension PageLayout {
  /// The lines in the header, in pixels.
  fileprivate var rules: [PageRectangle] {
    let unit = template.pixelsPerMillimetre
    return template.rules.map { $0.scaled(across: unit, down: unit) }
  }
}

extension PanelTracer {
  /// The strip under the name of the lead that it shows, and read again where the name differs from
  /// the layout's: names of another length hide other ink.
  fileprivate func named(_ strip: LeadReading, like leads: [LeadReading]) -> LeadReading {
    let lead = RhythmLead.of(strip, among: leads)
    guard let lead, lead != strip.lead, strip.problem == nil else { return strip.named(lead) }
    guard let panel = found.layout.withStrip(lead).rhythmStrip else { return strip.named(lead) }
    return reading(trace(panel))
  }

  /// Lays the page straight and finds its ink.
  fileprivate init(
    _ page: GreyPage, scale: InkScale, found: FoundLayout, millivoltHeight: Double
  ) {
    let straight = StraightPage(
      page, layout: found.layout, placement: found.placement, paper: scale.paper)
    let runs = ColumnRuns(of: straight.page, rows: 0..<straight.page.height, scale: scale)
    let covers = CoverSearch(
      runs: runs, size: PageSize(width: straight.page.width, height: straight.page.height),
      layout: found.layout, placement: straight.placement
    ).areas()
    self.init(
      found: found, straight: straight, runs: runs.without(covers), covers: covers,
      rules: found.layout.rules.map { rule in
        let corner = straight.placement.onPage(PagePoint(x: rule.x, y: rule.y))
        return PageRectangle(x: corner.x, y: corner.y, width: rule.width, height: rule.height)
      }, shares: scale.shares(),
      threshold: scale.threshold, millivoltHeight: millivoltHeight)
  }
}
