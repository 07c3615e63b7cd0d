// Laying a data set's pages over one another by their ink.

import ECGParallel

/// A page to be laid over others.
struct InkPage: Sendable {
  let picture: PagePicture
  /// Whether its traces were read from the page as it is: it is upright, whole and of a known layout.
  let isWhole: Bool
  /// Whether it is known to be sheared, curled or in perspective.
  let isDistorted: Bool
}

/// The sheets on which pages lie over one another.
struct InkSheets: Sendable {
  /// Pages of one print.
  struct Sheet: Sendable {
    let template: InkTemplate
    /// The pages that begin it.
    let first: Set<Int>
    /// By the page's number.
    var pages: [Int: PlacedPage] = [:]
    /// Whether the print is that of whole, upright pages.
    var isOfWholePages = false
  }

  /// The sheet of most pages first.
  private(set) var sheets: [Sheet] = []
  private let pages: [Int: InkPage]
  private let pool: WorkerPool

  /// The correlation with what the pages print alike from which a page lies on a sheet.
  static let leastOnSheet = 0.4
  /// The correlation with one page from which both lie over each other.
  static let leastOnPage = 0.5
  private static let mostSheets = 8
  /// So many groups are tried for a sheet.
  private static let mostCandidates = 6
  private static let mostAnchors = 500
  /// Whole pages are seldom looked for: they lie upright, so that most are placed at once.
  private static let mostWholePagesSought = 200

  /// Lays pages over one another.
  ///
  /// Whole pages of one shape, eight and more, begin a sheet, else pages of one size; every other page is laid on it, as it is or wherever its rows and columns of ink fit those of a page on the sheet. What fits nowhere
  /// begins a sheet of its own or stays loose.
  init(_ pages: [Int: InkPage], pool: WorkerPool) {
    (self.pages, self.pool) = (pages, pool)
    var loose = pages.keys.sorted()
    while sheets.count < Self.mostSheets, let (first, template) = firstGroup(of: loose) {
      var sheet = Sheet(template: template, first: Set(first))
      place(loose, on: &sheet)
      sheet.isOfWholePages =
        sheet.pages.keys.count { pages[$0]?.isWhole == true } >= InkTemplate.leastPages
      sheets.append(sheet)
      let rest = loose.filter { sheet.pages[$0] == nil }
      // A size whose pages do not lie over one another begins no sheet again.
      let stuck = Set(first)
      loose = rest.filter { !stuck.contains($0) }
    }
    sheets.removeAll { $0.pages.count < InkTemplate.leastPages }
  }

  /// Pages of one shape or size that begin a sheet, and what they print alike; `nil` where none are
  /// many enough.
  ///
  /// Whole pages of one shape lie alike whatever their size, unless they are cut in several ways; others
  /// of one size may lie in any way. So the group is taken of which most pages show what they print
  /// alike.
  private func firstGroup(of numbers: [Int]) -> (numbers: [Int], template: InkTemplate)? {
    let whole = Dictionary(grouping: numbers.filter { pages[$0]?.isWhole == true }) { number in
      pages[number].map { [100 * $0.picture.width / $0.picture.height] } ?? []
    }
    let bySize = Dictionary(grouping: numbers) { number in
      pages[number].map { [$0.picture.width, $0.picture.height] } ?? []
    }
    for groups in [whole, bySize] {
      let candidates = groups.values.filter { $0.count >= InkTemplate.leastPages }
        .sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }.prefix(Self.mostCandidates)
      let rated = candidates.map { group -> (group: [Int], template: InkTemplate, alike: Int) in
        let template = InkTemplate(of: group.compactMap { pages[$0]?.picture })
        return (group, template, alike(group, template))
      }
      guard let most = rated.map(\.alike).max() else { continue }
      return rated.first { $0.alike == most }.map { ($0.group, $0.template) }
    }
    return nil
  }

  /// The number of pages that show a template as they lie.
  private func alike(_ numbers: [Int], _ template: InkTemplate) -> Int {
    pool.map(numbers.count) { index -> Bool in
      guard let page = pages[numbers[index]] else { return false }
      let ink = MovedInk(InkMap(page.picture).halved)
      return ink.fitted(to: template.coarse, from: .identity, steps: 1).correlation
        >= Self.certainlyOnSheet
    }.count { $0 }
  }

  /// Places what lies on a sheet: first what lies as it is, then what is found on those.
  private func place(_ numbers: [Int], on sheet: inout Sheet) {
    let template = sheet.template
    let upright = pool.map(numbers.count) { index -> OnSheet? in
      guard let page = pages[numbers[index]] else { return nil }
      return OnSheet(MovedInk(InkMap(page.picture).halved), near: .identity, template)
    }
    var found = Dictionary(uniqueKeysWithValues: zip(numbers, upright)).compactMapValues { $0 }
    let sought = doubtful(numbers, found, on: sheet)
    let uncertain = Set(sought)
    let asTheyAre = numbers.filter {
      !uncertain.contains($0) && found[$0]?.page.mapping == .identity
    }
    let step = max(1, asTheyAre.count / Self.mostAnchors)
    let anchors = stride(from: 0, to: asTheyAre.count, by: step).compactMap {
      pages[asTheyAre[$0]]
    }
    if !anchors.isEmpty, !sought.isEmpty {
      let marks = pool.map(anchors.count) { Anchor(InkProfiles(InkMap(anchors[$0].picture))) }
      let elsewhere = pool.map(sought.count) { index -> OnSheet? in
        guard let page = pages[sought[index]] else { return nil }
        return Self.found(page.picture, on: anchors, marks, template)
      }
      for (number, place) in zip(sought, elsewhere) {
        if let place {
          if place.correlation > found[number]?.correlation ?? -1 { found[number] = place }
        } else if pages[number]?.isWhole == false {
          found[number] = nil
        }
      }
    }
    for (number, place) in found { sheet.pages[number] = place.page }
  }

  /// The pages that are looked for on a sheet: rows alone agree on a page that is mirrored or cut at a
  /// side, so that all count which are not known to lie as the sheet's first pages do.
  private func doubtful(
    _ numbers: [Int], _ found: [Int: OnSheet], on sheet: Sheet
  ) -> [Int] {
    let doubtful = numbers.filter { number in
      let isFirst = sheet.first.contains(number) || pages[number]?.isWhole == true
      return !isFirst || (found[number]?.correlation ?? -1) < Self.certainlyOnSheet
    }
    let areFew = doubtful.count { pages[$0]?.isWhole == true } <= Self.mostWholePagesSought
    return doubtful.filter { areFew || pages[$0]?.isWhole == false }
  }

  /// A page on a sheet, wherever it fits one of the sheet's pages.
  private static func found(
    _ picture: PagePicture, on anchors: [InkPage], _ marks: [Anchor], _ template: InkTemplate
  ) -> OnSheet? {
    let fine = MovedInk(InkMap(picture))
    let ink = MovedInk(fine.map.halved)
    let sought = SoughtPage(fine, width: picture.width, height: picture.height)
    let fitted = sought.guesses(on: marks, most: 8).map { guess in
      ink.fitted(
        to: InkMap(anchors[guess.anchor].picture).halved, from: guess.mapping, steps: 10)
    }.filter { $0.correlation >= leastOnPage }
    let places = fitted.compactMap { fit -> (onPage: Double, onSheet: OnSheet)? in
      OnSheet(ink, near: fit.mapping, template, moves: false).map { (fit.correlation, $0) }
    }
    // Of places that fit the sheet about as well, the one where another page fits best.
    guard let best = places.map(\.onSheet.correlation).max() else { return nil }
    return places.filter { $0.onSheet.correlation >= best - 0.1 }
      .max { $0.onPage < $1.onPage }?.onSheet
  }

  /// A page of so high a correlation lies well enough as it is.
  private static let certainlyOnSheet = 0.6

  /// Below this a page may be changed in other ways than a sheet's mapping has, as by perspective.
  ///
  /// Measured on the public set: pages in perspective of 4 % reach 0.62, of 2 % 0.72; of 130 placed pages
  /// that are small, cut, turned or narrowed 92 % have more.
  private static let surelyPlaced = 0.65

  /// A page and how well it lies on a sheet.
  private struct OnSheet {
    let page: PlacedPage
    let correlation: Double

    /// A page near a place on a sheet, or at it; `nil` where it shows nothing of what the sheet's pages
    /// print.
    init?(
      _ ink: MovedInk, near start: PageMapping, _ template: InkTemplate, moves: Bool = true
    ) {
      var fit = ink.fitted(to: template.coarse, from: start, steps: 1)
      if moves, fit.correlation < certainlyOnSheet {
        let moved = ink.fitted(to: template.coarse, from: start, steps: 6)
        // What lies as it is stays so.
        if moved.correlation > fit.correlation + 0.03 { fit = moved }
      }
      guard fit.correlation >= leastOnSheet else { return nil }
      correlation = fit.correlation
      page = PlacedPage(
        mapping: fit.mapping, own: ResidualInk(ink.laid(fit.mapping), less: template.coarse),
        isSure: fit.correlation >= surelyPlaced)
    }
  }
}
