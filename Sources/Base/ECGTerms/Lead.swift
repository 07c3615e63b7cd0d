// The twelve leads of a standard ECG.

/// A lead, in the order of the standard 3 x 4 page read by columns.
public enum Lead: String, CaseIterable, Sendable, Codable, Hashable {
  // swift-format-ignore: AlwaysUseLowerCamelCase
  /// The limb leads of Einthoven.
  case I, II, III
  /// The augmented limb leads of Goldberger.
  case aVR, aVL, aVF
  // swift-format-ignore: AlwaysUseLowerCamelCase
  /// The chest leads of Wilson.
  case V1, V2, V3, V4, V5, V6
}
