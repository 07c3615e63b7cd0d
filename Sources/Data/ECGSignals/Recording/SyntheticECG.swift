// A synthetic 12-lead ECG of ten seconds, a pure function of its seed and index.

import ECGRandom
import ECGRecordings
import ECGTerms

/// What can be asked of synthetic ECGs besides their seed and class.
public struct SynthesisSettings: Equatable, Sendable {
  /// Disturbances; `nil` draws those of everyday recordings for each ECG.
  public var noise: NoiseLevels?
  /// A mark by which alone the classes differ.
  public var cue: PlantedCue?

  /// Everyday noise and no cue, unless said otherwise.
  public init(noise: NoiseLevels? = nil, cue: PlantedCue? = nil) {
    self.noise = noise
    self.cue = cue
  }
}

/// Ten seconds of twelve leads with a known finding.
///
/// The person (heart size, axis, wave sizes), the rhythm, the lesion and the noise draw from
/// streams of their own, so the same seed and index under another label is the same person with
/// another finding, as far as the finding leaves it.
public struct SyntheticECG: Equatable, Sendable {
  /// Sampling frequency of each lead in Hz.
  public static let samplesPerSecond = Recording.standardRate
  /// Length in seconds.
  public static let seconds = 10.0
  /// Samples in each lead.
  public static let count = 5000

  /// The seed it was made from.
  public let seed: UInt64
  /// Its number under that seed.
  public let index: Int
  /// The class.
  public let label: ArchiveClass
  /// The finding; under a planted cue a finding of Normal, whatever the class.
  public let subtype: Subtype
  /// Where the lesion lies; `nil` for findings without one.
  public let territory: Territory?
  /// How many times the limit of diagnosis the lesion reaches, from 1 on (``DiagnosticLimits``);
  /// `nil` for findings without a territory.
  public let severity: Double?
  /// The rhythm.
  public let rhythm: Rhythm
  /// The P waves whose middles lie in the recording, by time.
  public let atrial: [AtrialActivation]
  /// The beats whose R peaks lie in the recording, by time.
  public let beats: [Beat]
  /// The true fiducial points of `beats`, one each.
  public let fiducials: [BeatFiducials]
  /// The stretches that make the class, as leads are named on the page; none for Normal.
  public let diagnostic: [DiagnosticSegment]
  /// The disturbances.
  public let noise: NoiseLevels
  /// The planted cue.
  public let cue: PlantedCue?
  /// Millivolts at 500 samples per second, 5000 samples a lead.
  public let signals: [Lead: [Double]]

  /// Beats per minute from the first R peak to the last.
  public var heartRate: Double {
    guard let first = beats.first, let last = beats.last, beats.count > 1 else { return 0 }
    return 60 * Double(beats.count - 1) / (last.time - first.time)
  }

  /// The signals as a recording.
  public var recording: Recording { Recording(leads: signals, count: Self.count) }

  /// The ECG number `index` of a seed, with a finding of the class `label`.
  public init(
    seed: UInt64, index: Int, label: ArchiveClass, settings: SynthesisSettings = .init()
  ) {
    var lesion = Self.stream(seed, index, .lesion)
    let shown = settings.cue == nil ? label : .normal
    let subtypes = Subtype.allCases.filter { $0.label == shown }
    self.init(
      seed: seed, index: index, label: label,
      subtype: subtypes[lesion.index(below: subtypes.count)],
      settings: settings, lesion: &lesion)
  }

  /// The ECG number `index` of a seed, with a finding.
  public init(
    seed: UInt64, index: Int, subtype: Subtype, settings: SynthesisSettings = .init()
  ) {
    var lesion = Self.stream(seed, index, .lesion)
    // The draw by which a class chooses its finding.
    _ = lesion.next()
    self.init(
      seed: seed, index: index, label: subtype.label, subtype: subtype, settings: settings,
      lesion: &lesion)
  }

  private init(
    seed: UInt64, index: Int, label: ArchiveClass, subtype: Subtype,
    settings: SynthesisSettings, lesion: inout Philox
  ) {
    precondition(index >= 0, "ECG number \(index)")
    var build = Self.stream(seed, index, .person)
    var timing = Self.stream(seed, index, .rhythm)
    var disturbance = Self.stream(seed, index, .noise)

    let territories = subtype.territories
    let territory =
      territories.isEmpty ? nil : territories[lesion.index(below: territories.count)]
    // Squared, so that many lesions lie near the limit.
    let plainness = lesion.uniform()
    let severity =
      territory == nil ? nil : 1.02 + (subtype.greatestSeverity - 1.02) * plainness * plainness
    let rhythm = Rhythm(of: subtype, random: &timing)
    let heart = Heart(
      Person(subtype: subtype, interval: rhythm.interval, random: &build), subtype: subtype,
      territory: territory,
      severity: severity ?? 1, interval: rhythm.interval, random: &lesion)
    let all = rhythm.activations(seconds: Self.seconds, delay: heart.delay, random: &timing)
    let within = 0..<Self.seconds
    let beats = all.beats.filter { within.contains($0.time) }
    let timed = BeatTiming(heart)
    let fiducials = beats.map { timed.fiducials(of: $0) }

    var leads = LeadMatrix.independentLeads(
      of: Self.course(of: all, heart, rhythm, random: &lesion).moments)
    let noise = settings.noise ?? NoiseLevels(drawnFrom: &disturbance)
    if noise.isAudible {
      ElectrodeNoise(
        levels: noise, count: Self.count, samplesPerSecond: Self.samplesPerSecond,
        random: &disturbance
      ).add(to: &leads)
    }
    noise.reversal?.apply(to: &leads)
    var signals = LeadMatrix.complete(leads)
    if let cue = settings.cue {
      signals.change(cue.lead) { samples in
        cue.add(
          to: &samples, of: label, beats: fiducials, samplesPerSecond: Self.samplesPerSecond,
          random: &lesion)
      }
      diagnostic = label == .normal ? [] : cue.segments(fiducials)
    } else {
      diagnostic = subtype.diagnosticSegments(
        Array(zip(beats, fiducials)), territory: territory, seconds: Self.seconds
      ).map { noise.reversal?.moved($0) ?? $0 }
    }

    self.seed = seed
    self.index = index
    self.label = label
    self.subtype = subtype
    self.territory = territory
    self.severity = severity
    self.rhythm = rhythm
    self.atrial = all.atrial.filter { within.contains($0.time) }
    self.beats = beats
    self.fiducials = fiducials
    self.noise = noise
    self.cue = settings.cue
    self.signals = signals
  }

  private enum Part: UInt64 {
    case person, rhythm, lesion, noise
  }

  private static func stream(_ seed: UInt64, _ index: Int, _ part: Part) -> Philox {
    Philox(seed: seed, for: .synthesis, UInt64(index), part.rawValue)
  }

  private static func course(
    of activations: Activations, _ heart: Heart, _ rhythm: Rhythm, random: inout Philox
  ) -> CardiacDipole {
    var dipole = CardiacDipole(count: count, samplesPerSecond: samplesPerSecond)
    for p in activations.atrial {
      guard let atria = heart.atria[p.focus] else {
        preconditionFailure("no P wave of \(p.focus)")
      }
      dipole.add(atria, at: p.time, interval: p.interval, gain: 1)
    }
    for beat in activations.beats {
      guard let ventricles = heart.ventricles[beat.origin] else {
        preconditionFailure("no QRS of \(beat.origin)")
      }
      dipole.add(ventricles, at: beat.time, interval: beat.interval, gain: beat.gain)
    }
    switch rhythm {
    case .atrialFibrillation: dipole.add(AtrialWaves.fibrillation(random: &random))
    case .atrialFlutter(let rate, _):
      dipole.add(
        AtrialWaves.flutter(
          rate: rate, beat: activations.beats.first?.time ?? 0, random: &random))
    default: break
    }
    return dipole
  }
}
