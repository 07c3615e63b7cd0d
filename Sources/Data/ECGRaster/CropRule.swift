// Which part of a page the network sees.

/// The part of a page that is kept.
public enum CropRule: Equatable, Sendable {
  /// The article's: a fifth off the top and 7 % off the bottom, where the printed text is.
  case paper
  /// The whole page.
  case none
  /// The inside of the grid's frame, found on the page.
  case frame
  /// Fractions of the height and width cut off each side.
  case fractions(top: Double, right: Double, bottom: Double, left: Double)

  /// Reads `paper` (or `article`), `none`, `frame` or `top,right,bottom,left`; `nil` for anything else.
  public init?(argument: String) {
    switch argument {
    case "paper", "article": self = .paper
    case "none": self = .none
    case "frame": self = .frame
    default:
      let sides = argument.split(separator: ",", omittingEmptySubsequences: false).map {
        Double($0) ?? .nan
      }
      guard sides.count == 4, sides.allSatisfy({ $0 >= 0 && $0 < 1 }),
        sides[0] + sides[2] < 1, sides[1] + sides[3] < 1
      else { return nil }
      self = .fractions(top: sides[0], right: sides[1], bottom: sides[2], left: sides[3])
    }
  }

  /// The rule as on the command line.
  public var argument: String {
    switch self {
    case .paper: "paper"
    case .none: "none"
    case .frame: "frame"
    case .fractions(let top, let right, let bottom, let left): "\(top),\(right),\(bottom),\(left)"
    }
  }

  /// The page, turned level where the rule is ``frame`` and the scan is not, and the part of it that
  /// is kept.
  ///
  /// - Parameters:
  ///   - image: The page.
  ///   - path: What an error names.
  /// - Throws: ``ImageError/noFrame(_:)`` when the frame is asked for and there is none.
  public func kept(of image: Image, path: String = "page") throws(ImageError)
    -> (page: Image, part: PixelRectangle)
  {
    let seen = try seen(of: image, path: path)
    return (seen.page, seen.part)
  }

  /// The same with the way back to the scan.
  ///
  /// - Throws: As ``kept(of:path:)``.
  public func seen(of image: Image, path: String = "page") throws(ImageError) -> SeenPage {
    guard self == .frame else {
      return SeenPage(page: image, part: try rectangle(in: image, path: path), turn: .none)
    }
    guard let frame = GridFrame(of: image) else { throw .noFrame(path) }
    let (page, inside) = image.levelled(by: frame)
    return SeenPage(page: page, part: inside, turn: frame.isUpright ? .none : frame.turn)
  }

  /// The part of an image that is kept; never empty.
  ///
  /// Of a frame that is turned, the upright rectangle of its mean sides: see ``kept(of:path:)`` for
  /// one that is levelled.
  ///
  /// - Parameters:
  ///   - image: The page.
  ///   - path: What an error names.
  /// - Throws: ``ImageError/noFrame(_:)`` when the frame is asked for and there is none.
  public func rectangle(in image: Image, path: String = "page") throws(ImageError)
    -> PixelRectangle
  {
    switch self {
    case .none: return image.bounds
    case .paper: return Self.rectangle(in: image, top: 0.20, right: 0, bottom: 0.07, left: 0)
    case .fractions(let top, let right, let bottom, let left):
      return Self.rectangle(in: image, top: top, right: right, bottom: bottom, left: left)
    case .frame:
      guard let frame = GridFrame(of: image) else { throw .noFrame(path) }
      return frame.rectangle(in: image)
    }
  }

  private static func rectangle(
    in image: Image, top: Double, right: Double, bottom: Double, left: Double
  ) -> PixelRectangle {
    func kept(of length: Int, _ before: Double, _ after: Double) -> Range<Int> {
      let start = min(Int((before * Double(length)).rounded()), length - 1)
      return start..<max(length - Int((after * Double(length)).rounded()), start + 1)
    }
    let rows = kept(of: image.height, top, bottom)
    let columns = kept(of: image.width, left, right)
    return PixelRectangle(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }
}

extension CropRule: Codable {
  /// Reads the argument's form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let argument = try container.decode(String.self)
    guard let rule = CropRule(argument: argument) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(argument)\" is not a crop")
    }
    self = rule
  }

  /// Writes the argument's form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(argument)
  }
}
