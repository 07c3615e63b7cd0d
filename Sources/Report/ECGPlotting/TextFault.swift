// Whether the texts of a sheet can be read: none over another, none off the sheet, none on a picture.

/// A fault of a sheet's texts.
public enum TextFault: Equatable, Sendable, CustomStringConvertible {
  /// Two texts share room.
  case overlap(String, String)
  /// A text leaves the sheet.
  case outside(String)
  /// A text lies on a picture.
  case onPicture(String)

  /// One line naming the texts.
  public var description: String {
    switch self {
    case .overlap(let a, let b): "\"\(a)\" and \"\(b)\" overlap"
    case .outside(let text): "\"\(text)\" leaves the sheet"
    case .onPicture(let text): "\"\(text)\" lies on a picture"
    }
  }
}

extension Drawing {
  /// The faults of all texts but watermarks; none on a sheet that can be read.
  public var textFaults: [TextFault] {
    let runs = texts.filter { !$0.isWatermark }
    let pictures = elements.compactMap { if case .bitmap(_, let box) = $0 { box } else { nil } }
    let sheet = Box(x: 0, y: 0, width: width, height: height)
    var faults: [TextFault] = []
    for (index, run) in runs.enumerated() {
      for other in runs[(index + 1)...] where run.box.overlaps(other.box) {
        faults.append(.overlap(run.text, other.text))
      }
      if !sheet.contains(run.box) { faults.append(.outside(run.text)) }
      if pictures.contains(where: { run.box.overlaps($0) }) { faults.append(.onPicture(run.text)) }
    }
    return faults
  }
}
