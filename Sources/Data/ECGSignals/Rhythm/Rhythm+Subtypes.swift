// The rhythm that goes with each finding.

import ECGRandom

extension Rhythm {
  /// A rhythm of a finding; its place in the range of rates is drawn first, so that findings that
  /// leave the rhythm alone leave a person's own.
  init(of subtype: Subtype, random: inout Philox) {
    let place = random.uniform()
    func between(_ lower: Double, _ upper: Double) -> Double { lower + (upper - lower) * place }
    let usual = between(55, 96)
    switch subtype {
    case .prematureVentricular:
      self = .prematureVentricular(
        rate: between(58, 92), every: 2 + random.index(below: 4),
        coupling: random.uniform(0.52, 0.70))
    case .prematureAtrial:
      self = .prematureAtrial(
        rate: between(58, 88), every: 3 + random.index(below: 3),
        coupling: random.uniform(0.58, 0.74))
    case .atrialFibrillation:
      self = .atrialFibrillation(rate: between(65, 140), variation: random.uniform(0.18, 0.3))
    case .atrialFlutter:
      let patterns = [[2], [3], [4], [4, 2], [3, 2], [4, 3]]
      self = .atrialFlutter(
        atrialRate: between(250, 330), pattern: patterns[random.index(below: patterns.count)])
    case .tachycardia: self = .sinus(rate: between(103, 165), breathDepth: 0.004)
    case .bradycardia: self = .sinus(rate: between(32, 43), breathDepth: nil)
    case .athletesBradycardia: self = .sinus(rate: between(51, 59), breathDepth: nil)
    case .respiratoryArrhythmia:
      self = .sinus(rate: between(58, 82), breathDepth: random.uniform(0.09, 0.16))
    case .secondDegreeBlockType1:
      self = .wenckebach(
        rate: between(62, 92), cycle: 3 + random.index(below: 3),
        increment: random.uniform(0.05, 0.10))
    case .secondDegreeBlockType2:
      self = .mobitz(rate: between(62, 92), cycle: 2 + random.index(below: 4))
    case .thirdDegreeBlock:
      let narrow = random.uniform() < 0.6
      self = .completeBlock(
        rate: between(65, 95), escapeRate: narrow ? random.uniform(38, 52) : random.uniform(28, 40),
        escape: narrow ? .junction : .ventricle)
    default: self = .sinus(rate: usual, breathDepth: nil)
    }
  }

  /// The mean interval in seconds between sinus beats, or between ventricular ones where no sinus
  /// beat is conducted.
  var interval: Double {
    switch self {
    case .sinus(let rate, _), .prematureVentricular(let rate, _, _),
      .prematureAtrial(let rate, _, _), .atrialFibrillation(let rate, _),
      .wenckebach(let rate, _, _), .mobitz(let rate, _):
      60 / rate
    case .atrialFlutter(let rate, let pattern):
      60 / rate * Double(pattern.reduce(0, +)) / Double(pattern.count)
    case .completeBlock(_, let escapeRate, _): 60 / escapeRate
    }
  }
}
