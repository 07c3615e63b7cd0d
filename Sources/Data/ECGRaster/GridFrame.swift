// The frame around the grid of an ECG page.

import Foundation

/// The inside of the frame around a page's grid, wherever the page lies in its scan.
///
/// The frame is of long thin red or pink lines, the outermost in each direction; header rules and
/// traces are black or gray and do not count. The scan may be shifted, scaled and turned by up to
/// ``mostTurned`` degrees.
public struct GridFrame: Equatable, Sendable {
  /// The corners of the inside: top left, top right, bottom right, bottom left.
  public let corners: [PagePoint]

  /// How far the search for the angle goes to each side, in degrees.
  public static let mostTurned = 3.5

  /// Finds the frame; `nil` when there is none that holds most of a page.
  public init?(of image: Image) {
    guard let corners = FrameSearch(of: image)?.corners() else { return nil }
    self.corners = corners
    let size = size
    guard size.height * 4 >= Double(image.height), size.width * 2 >= Double(image.width),
      corners.allSatisfy({
        (-1...Double(image.width) + 1).contains($0.x)
          && (-1...Double(image.height) + 1).contains($0.y)
      })
    else { return nil }
  }

  /// How far the page is turned: degrees, clockwise as seen.
  public var degrees: Double {
    let top = direction(corners[0], corners[1])
    let bottom = direction(corners[3], corners[2])
    return (top + bottom) / 2 * 180 / .pi
  }

  /// The turn of the scan against the page set level, about the frame's center.
  public var turn: PageTurn {
    PageTurn(
      about: PagePoint(
        x: corners.reduce(0) { $0 + $1.x } / 4, y: corners.reduce(0) { $0 + $1.y } / 4),
      radians: degrees * .pi / 180)
  }

  /// Width and height of the inside in pixels: the means of opposite sides.
  public var size: (width: Double, height: Double) {
    func length(_ a: Int, _ b: Int) -> Double {
      hypot(corners[b].x - corners[a].x, corners[b].y - corners[a].y)
    }
    return ((length(0, 1) + length(3, 2)) / 2, (length(0, 3) + length(1, 2)) / 2)
  }

  /// Whether the sides are level to within a pixel over their length, so that a crop needs no turn.
  public var isUpright: Bool { abs(degrees) * .pi / 180 * size.width < 1.5 }

  /// The inside of an upright page's frame, in whole pixels within the image.
  public func rectangle(in image: Image) -> PixelRectangle {
    PixelRectangle(
      inside: ((corners[0].x + corners[3].x) / 2, (corners[1].x + corners[2].x) / 2),
      ((corners[0].y + corners[1].y) / 2, (corners[2].y + corners[3].y) / 2), of: image)
  }

  private func direction(_ a: PagePoint, _ b: PagePoint) -> Double {
    atan2(b.y - a.y, b.x - a.x)
  }
}

extension PixelRectangle {
  /// The whole pixels nearest to an area, within an image.
  init(inside x: (Double, Double), _ y: (Double, Double), of image: Image) {
    func range(_ limits: (Double, Double), _ length: Int) -> Range<Int> {
      let first = min(max(0, Int(limits.0.rounded())), length - 1)
      return first..<min(max(first + 1, Int(limits.1.rounded())), length)
    }
    let (columns, rows) = (range(x, image.width), range(y, image.height))
    self.init(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }
}

extension Image {
  /// The page turned level about its frame's center, white where nothing was, and the inside of the
  /// frame on it; the page itself where it is upright.
  public func levelled(by frame: GridFrame) -> (page: Image, inside: PixelRectangle) {
    guard !frame.isUpright else { return (self, frame.rectangle(in: self)) }
    let (turn, half) = (frame.turn, frame.size)
    let centre = turn.center
    let page = turned(about: centre, cosine: turn.cosine, sine: turn.sine)
    return (
      page,
      PixelRectangle(
        inside: (centre.x - half.width / 2, centre.x + half.width / 2),
        (centre.y - half.height / 2, centre.y + half.height / 2), of: page)
    )
  }

  /// Bilinear, each pixel taken from where the turn brings it.
  private func turned(about centre: PagePoint, cosine: Double, sine: Double) -> Image {
    var turned = Image(width: width, height: height, filledWith: (255, 255, 255))
    let (width, height) = (width, height)
    pixels.withUnsafeBufferPointer { from in
      turned.pixels.withUnsafeMutableBufferPointer { to in
        for row in 0..<height {
          let dy = Double(row) + 0.5 - centre.y
          for column in 0..<width {
            let dx = Double(column) + 0.5 - centre.x
            let x = centre.x + cosine * dx - sine * dy - 0.5
            let y = centre.y + sine * dx + cosine * dy - 0.5
            guard x > -1, y > -1, x < Double(width), y < Double(height) else { continue }
            let place = PixelPlace(x: x, y: y)
            let x0 = min(max(place.column, 0), width - 1)
            let x1 = min(place.column + 1, width - 1)
            let y0 = min(max(place.row, 0), height - 1)
            let y1 = min(place.row + 1, height - 1)
            for channel in 0..<3 {
              func sample(_ x: Int, _ y: Int) -> Double {
                Double(from[(y * width + x) * 3 + channel])
              }
              to[(row * width + column) * 3 + channel] = UInt8(
                place.value(sample(x0, y0), sample(x1, y0), sample(x0, y1), sample(x1, y1))
                  .rounded())
            }
          }
        }
      }
    }
    return turned
  }
}
