// Where a known layout lies on a page: found by its marks, without reading a trace.

import ECGLayouts
import ECGRaster

/// A known layout and its place on a page.
public struct LocatedLayout: Equatable, Sendable {
  /// The layout, in its own pixels.
  public let layout: PageLayout
  /// Where it lies on the page.
  public let placement: Placement

  /// Finds the layout whose separators and calibration pulses are on a page.
  ///
  /// - Parameter image: The page, upright within 3 degrees, at half to twice its layout's own size,
  ///   anywhere in the image.
  /// - Returns: `nil` where no known layout's marks are there.
  public init?(on image: Image) { self.init(on: GreyPage(image)) }

  /// The same on a page as brightness alone.
  init?(on page: GreyPage) {
    guard min(page.width, page.height) >= FoundLayout.leastSide,
      let scale = InkScale(of: page), let found = FoundLayout.fitted(on: page, scale: scale)
    else { return nil }
    (layout, placement) = (found.layout.layout, found.layout.placement)
  }

  /// The leads' areas on the page.
  public var areas: LeadAreas { LeadAreas(layout) { placement.onPage($0) } }

  /// The area of the layout's frame on the page.
  public var frame: Quadrilateral { Quadrilateral(layout.frame).mapped { placement.onPage($0) } }
}

extension FoundLayout {
  /// Pages with fewer pixels across or down are not looked at.
  static let leastSide = 300

  /// The known layout on a page with its place fitted to the marks, and the height of a millivolt at
  /// its pulses in layout pixels; `nil` where there is none.
  ///
  /// - Parameters:
  ///   - page: The page.
  ///   - scale: Its levels.
  ///   - view: The image's size where a layout may reach out of it.
  static func fitted(
    on page: GreyPage, scale: InkScale, view: PageSize? = nil
  ) -> (layout: FoundLayout, millivoltHeight: Double)? {
    let strokes = StrokeSearch().strokes(of: page, threshold: scale.threshold)
    guard let rough = LayoutFinder(strokes: strokes, view: view).find(among: knownLayouts) else {
      return nil
    }
    let fit = PlacementFit(ink: InkProfile(page, scale: scale), landmarks: rough.landmarks)
    guard let placement = fit.fitted(from: rough.placement),
      let millivolt = fit.millivoltHeight(at: placement)
    else { return nil }
    let found = FoundLayout(
      layout: rough.layout, landmarks: rough.landmarks, placement: placement)
    return (found, millivolt)
  }
}

/// The layouts that pages are compared with, all at 25 mm/s: a page does not show its speed.
private let knownLayouts = PageDesign.allCases.flatMap { design in
  PaperGain.allCases.map { PageLayout.of(design, gain: $0) }
}
