// A synthetic 12-lead ECG of ten seconds, a pure function of its seed and index.

import ECGRandom
import ECGTerms

/// Ten seconds of twelve leads with a known finding.
///
/// The person (heart size, axis, wave sizes), the rhythm, the lesion and the noise draw from
/// streams of their own, so the same seed and index under another label is the same person with
/// another finding, as far as the finding leaves it.
public struct SyntheticECG: Equatable, Sendable {
  /// Samples a second in each lead.
  public static let samplesPerSecond = 500.0
  /// Length in seconds.
  public static let seconds = 10.0
  /// Samples in each lead.
  public static let count = 5000

  /// The seed it was made from.
  public let seed: UInt64
  /// Its number under that seed.
  public let index: Int
  /// The class.
  public let label: DiagnosticClass
  /// The finding.
  public let subtype: Subtype
  /// Where the lesion lies; `nil` for findings without one.
  public let territory: Territory?
  /// How plain the lesion is, 0…1; `nil` for findings without one.
  public let severity: Double?
  /// The beats whose R peaks lie in the recording, by time.
  public let beats: [Beat]
  /// Millivolts at 500 samples a second, 5000 samples a lead.
  public let signals: [Lead: [Double]]

  /// Beats a minute from the first R peak to the last.
  public var heartRate: Double {
    guard let first = beats.first, let last = beats.last, beats.count > 1 else { return 0 }
    return 60 * Double(beats.count - 1) / (last.time - first.time)
  }

  /// The ECG number `index` of a seed, with a finding of the class `label`.
  public init(seed: UInt64, index: Int, label: DiagnosticClass) {
    precondition(index >= 0, "ECG number \(index)")
    let number = UInt64(index)
    var lesion = Philox(seed: seed, for: .synthesis, number, Part.lesion.rawValue)
    var build = Philox(seed: seed, for: .synthesis, number, Part.person.rawValue)
    var timing = Philox(seed: seed, for: .synthesis, number, Part.rhythm.rawValue)
    var noise = Philox(seed: seed, for: .synthesis, number, Part.noise.rawValue)

    let subtypes = Subtype.allCases.filter { $0.label == label }
    let subtype = subtypes[lesion.index(below: subtypes.count)]
    let territory = Self.territory(of: subtype, random: &lesion)
    let severity = territory == nil ? nil : lesion.uniform(0.35, 1)
    let rhythm = Self.rhythm(of: subtype, random: &timing)
    let beats = rhythm.beats(seconds: Self.seconds, random: &timing)
    let person = Person(subtype: subtype, random: &build)
    let shape = Self.shape(
      of: subtype, territory: territory, severity: severity ?? 0, person: person, random: &lesion)

    var course = CardiacDipole.moments(
      of: beats,
      shapes: [
        .sinus: shape, .fibrillation: shape.without(.p),
        .ventricle: Pathology.ventricularBeat(random: &lesion),
      ], count: Self.count, samplesPerSecond: Self.samplesPerSecond)
    if subtype == .atrialFibrillation {
      Pathology.addFibrillation(
        to: &course, samplesPerSecond: Self.samplesPerSecond, random: &lesion)
    }
    var leads = LeadMatrix.independentLeads(of: course)
    ElectrodeNoise(
      levels: NoiseLevels(drawnFrom: &noise), count: Self.count,
      samplesPerSecond: Self.samplesPerSecond, random: &noise
    ).add(to: &leads)

    self.seed = seed
    self.index = index
    self.label = label
    self.subtype = subtype
    self.territory = territory
    self.severity = severity
    self.beats = beats.filter { (0..<Self.seconds).contains($0.time) }.sorted { $0.time < $1.time }
    self.signals = LeadMatrix.complete(leads)
  }

  private enum Part: UInt64 {
    case person, rhythm, lesion, noise
  }

  private static func territory(of subtype: Subtype, random: inout Philox) -> Territory? {
    let candidates: [Territory] =
      switch subtype.label {
      case .normal, .abnormal: []
      case .hmi where subtype == .lostR: [.anteroseptal, .anterior]
      case .hmi, .mi: Territory.allCases
      }
    return candidates.isEmpty ? nil : candidates[random.index(below: candidates.count)]
  }

  private static func rhythm(of subtype: Subtype, random: inout Philox) -> Rhythm {
    let place = random.uniform()
    func between(_ lower: Double, _ upper: Double) -> Double { lower + (upper - lower) * place }
    return switch subtype {
    case .prematureVentricular:
      .prematureVentricular(
        rate: between(58, 92), every: 1 + random.index(below: 3) + 1,
        coupling: random.uniform(0.55, 0.68))
    case .atrialFibrillation:
      .atrialFibrillation(rate: between(78, 138), variation: random.uniform(0.2, 0.3))
    case .tachycardia: .sinus(rate: between(118, 165))
    default: .sinus(rate: between(55, 95))
    }
  }

  private static func shape(
    of subtype: Subtype, territory: Territory?, severity: Double, person: Person,
    random: inout Philox
  ) -> BeatShape {
    let healthy = person.shape
    guard let territory else {
      return switch subtype {
      case .leftBundleBranchBlock:
        Pathology.leftBundleBranchBlock(healthy, random: &random)
      case .rightBundleBranchBlock:
        Pathology.rightBundleBranchBlock(healthy, random: &random)
      default: healthy
      }
    }
    func graded(_ subtle: Double, _ plain: Double) -> Double {
      (subtle + (plain - subtle) * severity) * random.uniform(0.85, 1.15)
    }
    return switch subtype {
    case .pathologicalQ:
      Pathology.scar(
        healthy, territory: territory, loss: graded(0.25, 0.6), q: graded(0.3, 0.65),
        invertedT: graded(0.08, 0.35))
    case .lostR:
      Pathology.scar(
        healthy, territory: territory, loss: min(1, graded(0.7, 1)), q: graded(0.35, 0.7),
        invertedT: graded(0.12, 0.4))
    case .invertedT:
      Pathology.scar(
        healthy, territory: territory, loss: graded(0.1, 0.3), q: graded(0.05, 0.2),
        invertedT: graded(0.2, 0.5))
    case .stElevationWithQ:
      Pathology.injury(
        Pathology.scar(
          healthy, territory: territory, loss: graded(0.3, 0.6), q: graded(0.2, 0.5),
          invertedT: 0),
        territory: territory, elevation: graded(0.15, 0.42), tall: graded(0.05, 0.3))
    case .hyperacuteT:
      Pathology.injury(
        healthy, territory: territory, elevation: graded(0.08, 0.22), tall: graded(0.45, 0.9))
    default:
      Pathology.injury(
        healthy, territory: territory, elevation: graded(0.18, 0.5), tall: graded(0.1, 0.4))
    }
  }
}
