// The methods of attribution maps.

/// A method of attribution maps.
public enum ExplanationMethod: String, CaseIterable, Sendable {
  /// Grad-CAM: a stage's channels weighted by their mean gradient.
  case gradCAM = "grad-cam"
}
