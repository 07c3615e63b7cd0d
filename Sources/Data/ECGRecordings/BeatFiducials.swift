// The moments at which a beat's waves begin, peak and end.

/// A beat's fiducial points, global over the leads, in seconds from the recording's beginning.
public struct BeatFiducials: Equatable, Sendable, Codable {
  /// Where atrial activation begins; nil where no P wave belongs to the beat.
  public var pOnset: Double?
  /// Where it is greatest.
  public var pPeak: Double?
  /// Where it ends.
  public var pOffset: Double?
  /// Where ventricular activation begins.
  public var qrsOnset: Double
  /// The R peak: the beat's mark.
  public var rPeak: Double
  /// The J point, where ventricular activation ends.
  public var qrsOffset: Double
  /// Where ventricular recovery is greatest; nil where it is undefined.
  public var tPeak: Double?
  /// Where it ends, by the tangent at the steepest descent.
  public var tOffset: Double?

  /// The points of a beat.
  public init(
    pOnset: Double? = nil, pPeak: Double? = nil, pOffset: Double? = nil, qrsOnset: Double,
    rPeak: Double, qrsOffset: Double, tPeak: Double? = nil, tOffset: Double? = nil
  ) {
    self.pOnset = pOnset
    self.pPeak = pPeak
    self.pOffset = pOffset
    self.qrsOnset = qrsOnset
    self.rPeak = rPeak
    self.qrsOffset = qrsOffset
    self.tPeak = tPeak
    self.tOffset = tOffset
  }

  /// The PR interval in seconds: from the beginning of P to the beginning of QRS.
  public var pr: Double? { pOnset.map { qrsOnset - $0 } }
  /// The duration of QRS in seconds.
  public var qrs: Double { qrsOffset - qrsOnset }
  /// The QT interval in seconds, not corrected for the rate.
  public var qt: Double? { tOffset.map { $0 - qrsOnset } }

  enum CodingKeys: String, CodingKey {
    case pOnset = "p_onset"
    case pPeak = "p_peak"
    case pOffset = "p_offset"
    case qrsOnset = "qrs_onset"
    case rPeak = "r_peak"
    case qrsOffset = "qrs_offset"
    case tPeak = "t_peak"
    case tOffset = "t_offset"
  }

  /// Writes every key; what is not there is `null`.
  public func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(pOnset, forKey: .pOnset)
    try keyed.encode(pPeak, forKey: .pPeak)
    try keyed.encode(pOffset, forKey: .pOffset)
    try keyed.encode(qrsOnset, forKey: .qrsOnset)
    try keyed.encode(rPeak, forKey: .rPeak)
    try keyed.encode(qrsOffset, forKey: .qrsOffset)
    try keyed.encode(tPeak, forKey: .tPeak)
    try keyed.encode(tOffset, forKey: .tOffset)
  }
}
