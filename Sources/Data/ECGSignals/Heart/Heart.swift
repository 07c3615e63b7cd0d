// A heart with its finding: the shapes of its waves and the delay between its chambers.

import ECGRandom

/// What a recording's activations look like.
struct Heart {
  /// P by where the atria are activated from.
  let atria: [AtrialActivation.Focus: BeatShape]
  /// QRS, ST and T by where the ventricles are activated from.
  let ventricles: [BeatOrigin: BeatShape]
  /// From P to R.
  let delay: AtrioventricularDelay

  /// The heart of a person with a finding.
  ///
  /// - Parameters:
  ///   - severity: The multiple of the diagnostic limit, for findings with a territory.
  ///   - interval: The mean RR interval in seconds.
  init(
    _ person: Person, subtype: Subtype, territory: Territory?, severity: Double, interval: Double,
    random: inout Philox
  ) {
    let own = Self.ventricles(
      of: person, subtype: subtype, territory: territory, severity: severity, interval: interval,
      random: &random)
    let ectopic = ConductionFault.ventricularBeat(random: &random)
    var ventricles: [BeatOrigin: BeatShape] = [.ventricle: ectopic]
    for origin in BeatOrigin.allCases where origin != .ventricle { ventricles[origin] = own }
    self.ventricles = ventricles
    atria = [
      .sinus: person.atria, .ectopic: AtrialWaves.ectopicP(person.atria, random: &random),
    ]
    // From the PR interval to the way between the marks of P and QRS.
    let p = BeatTiming.pLimits(person.atria, interval: 1)
    let qrs = SingleBeat(person.ventricles, interval: 1).qrsLimits
    let pr = subtype == .firstDegreeBlock ? random.uniform(0.215, 0.34) : person.pr
    let stretch = Wave.Kind.p.stretch(interval: subtype == .firstDegreeBlock ? interval : 1)
    delay = AtrioventricularDelay(
      atRest: (pr + (p?.onset ?? 0) * stretch - qrs.onset) / stretch)
  }

  private static func ventricles(
    of person: Person, subtype: Subtype, territory: Territory?, severity: Double, interval: Double,
    random: inout Philox
  ) -> BeatShape {
    let healthy = person.ventricles
    guard let territory else {
      return switch subtype {
      case .leftBundleBranchBlock: ConductionFault.leftBundleBranchBlock(random: &random)
      case .rightBundleBranchBlock:
        ConductionFault.rightBundleBranchBlock(healthy, random: &random)
      case .leftVentricularHypertrophy:
        LeftVentricle.hypertrophy(
          healthy, voltage: random.uniform(3.55, 4.3), interval: interval, random: &random)
      case .nonSpecificSTT: LeftVentricle.nonSpecificSTT(healthy, random: &random)
      default: healthy
      }
    }
    let lesion = Infarction(territory: territory, severity: severity, interval: interval)
    return switch subtype {
    case .pathologicalQ: lesion.pathologicalQ(healthy, random: &random)
    case .lostR: lesion.lostR(healthy, random: &random)
    case .invertedT: lesion.invertedT(healthy, random: &random)
    case .hyperacuteT: lesion.hyperacuteT(healthy, random: &random)
    case .stElevationWithQ:
      lesion.stElevation(
        Infarction(territory: territory, severity: 1.05, interval: interval)
          .pathologicalQ(healthy, random: &random), random: &random)
    default: lesion.stElevation(healthy, random: &random)
    }
  }
}
