// Which pages show one ECG by their ink.

import ECGParallel

/// Pages compared by their ink.
struct InkCopies {
  /// All that may be copies, and the closest of the others, with similarities on the scale of
  /// ``PageFingerprint``.
  let pairs: [NearPair]
  /// Pages that could not be compared with all the others, sorted.
  let notCompared: [Int]

  /// The correlation of two pages' own ink from which they show one ECG.
  ///
  /// Measured on the 393 distinct open pages of the public set, all 77,028 pairs: at most 0.57 between
  /// different ECGs.
  static let copy = 0.6
  /// The same of two pages that both do not lie as the sheet's pages do: what changed them alike is like
  /// in both.
  private static let copyOfTwoMoved = 0.75
  /// From this on pages of different ECGs are rare, so that a page without a copy is in doubt.
  private static let doubtful = 0.5
  /// The same of the whole ink of two pages, where it is not known what they print alike.
  static let copyOfWholeInk = 0.9
  /// Below this, whole inks that lie over each other show different ECGs.
  private static let otherByWholeInk = 0.75
  /// Of fewer pixels no copy is surely found: a page of 170 pixels in width has more.
  private static let leastPixels = 20_000
  /// Pairs of loose pages that are compared, at most.
  private static let mostLoosePairs = 2000

  /// Compares the pages that are not whole with all pages.
  init(_ pages: [Int: InkPage], pool: WorkerPool) {
    let sought = Set(pages.keys.filter { pages[$0]?.isWhole == false })
    guard !sought.isEmpty else {
      (pairs, notCompared) = ([], [])
      return
    }
    let sheets = InkSheets(pages, pool: pool).sheets
    var found: [NearPair] = []
    var compared = Set<Int>()
    for (number, sheet) in sheets.enumerated() {
      found += Self.pairs(on: sheet, of: pages, sought: sought, pool: pool)
      if number == 0 || sheet.isOfWholePages { compared.formUnion(sheet.pages.keys) }
    }
    let onSheets = Set(sheets.flatMap(\.pages.keys))
    let loose = pages.keys.filter { !onSheets.contains($0) }.sorted()
    let whole = Self.loosePairs(loose, pages, sought: sought, pool: pool)
    pairs = found + whole.pairs
    guard !sheets.isEmpty else {
      notCompared = whole.undecided
      return
    }
    let apart = pages.keys.filter { !compared.contains($0) }
    // Whole pages apart from the sheets and pages on a sheet that are not whole: the fewer count.
    let wholeApart = apart.filter { !sought.contains($0) }
    let soughtOnSheet = compared.intersection(sought)
    let uncertain = wholeApart.count <= soughtOnSheet.count ? wholeApart : Array(soughtOnSheet)
    notCompared = Set(
      apart.filter(sought.contains) + uncertain + Self.inDoubt(found, pages, sheets, sought: sought)
    ).sorted()
  }

  /// The pages that are not whole, have no copy, and are distorted, not surely placed, or too similar to
  /// another page to be distinguished from a copy.
  private static func inDoubt(
    _ pairs: [NearPair], _ pages: [Int: InkPage], _ sheets: [InkSheets.Sheet], sought: Set<Int>
  ) -> [Int] {
    let unsure = Set(sheets.flatMap { $0.pages.filter { !$0.value.isSure }.keys })
    var closest: [Int: Double] = [:]
    for pair in pairs {
      for page in [pair.first, pair.second] where sought.contains(page) {
        closest[page] = max(closest[page] ?? -1, pair.similarity)
      }
    }
    let least = similarity(doubtful, copy: copy)
    return sought.filter { page in
      let similarity = closest[page] ?? -1
      let isDoubtful =
        similarity >= least || pages[page]?.isDistorted == true || unsure.contains(page)
        || pages[page].map { $0.picture.width * $0.picture.height < leastPixels } ?? true
      return isDoubtful && similarity < PageFingerprint.copy
    }
  }

  /// The scale on which ``PageFingerprint/copy`` is the bound of copies.
  static func similarity(_ correlation: Double, copy bound: Double) -> Double {
    let copy = PageFingerprint.copy
    return correlation >= bound
      ? copy + (1 - copy) * (correlation - bound) / (1 - bound) : correlation / bound * copy
  }

  // MARK: On a sheet

  /// Less alike pages, in coarse cells, are not looked at more closely.
  private static let leastCoarse = 0.25
  /// A page is looked at closely with so many others, the most alike first, and all very alike ones.
  private static let closest = 4
  private static let veryAlike = 0.5
  /// Pages so alike show one ECG without a closer look.
  private static let surelyOne = 0.8

  private static func pairs(
    on sheet: InkSheets.Sheet, of pages: [Int: InkPage], sought: Set<Int>, pool: WorkerPool
  ) -> [NearPair] {
    let numbers = sheet.pages.keys.sorted()
    let first = numbers.filter(sought.contains)
    let found = pool.map(first.count) { index -> [NearPair] in
      let number = first[index]
      guard let page = sheet.pages[number], let picture = pages[number]?.picture else { return [] }
      let others = numbers.compactMap { other -> (number: Int, correlation: Double)? in
        // A pair of two sought pages comes once.
        guard other != number, !(sought.contains(other) && other < number),
          let own = sheet.pages[other]?.own
        else { return nil }
        return (other, page.own.correlation(with: own))
      }.sorted { ($1.correlation, $0.number) < ($0.correlation, $1.number) }
      let ink = MovedInk(InkMap(picture))
      return others.enumerated().compactMap { rank, other -> NearPair? in
        guard rank < closest ? other.correlation > leastCoarse : other.correlation > veryAlike,
          let its = sheet.pages[other.number], let othersPicture = pages[other.number]?.picture
        else { return nil }
        let correlation =
          other.correlation >= surelyOne
          ? other.correlation
          : Self.correlation(
            ink, page.mapping, with: InkMap(othersPicture), its.mapping, sheet.template)
        return NearPair(
          first: min(number, other.number), second: max(number, other.number),
          similarity: similarity(
            correlation, copy: sought.contains(other.number) ? copyOfTwoMoved : copy))
      }
    }
    return found.flatMap { $0 }
  }

  /// The correlation of two pages' own ink, one laid over the other as well as can be.
  private static func correlation(
    _ ink: MovedInk, _ mapping: PageMapping, with other: InkMap, _ othersMapping: PageMapping,
    _ template: InkTemplate
  ) -> Double {
    let laid =
      othersMapping == .identity ? other.cells : MovedInk(other).laid(othersMapping)
    let fixed = InkMap(side: other.side, cells: laid.map { $0.isNaN ? 0 : $0 })
    let fit = ink.fitted(to: fixed, from: mapping, steps: 8)
    return ResidualInk(ink.laid(fit.mapping), less: template.fine).correlation(
      with: ResidualInk(laid, less: template.fine))
  }

  // MARK: Loose pages

  private static func loosePairs(
    _ loose: [Int], _ pages: [Int: InkPage], sought: Set<Int>, pool: WorkerPool
  ) -> (pairs: [NearPair], undecided: [Int]) {
    let first = loose.filter(sought.contains)
    let all = first.flatMap { a in
      loose.filter { $0 != a && !(sought.contains($0) && $0 < a) }.map { (a, $0) }
    }
    guard all.count <= mostLoosePairs else { return ([], first) }
    let anchors = Dictionary(
      uniqueKeysWithValues: zip(
        loose,
        pool.map(loose.count) { index in
          pages[loose[index]].map { Anchor(InkProfiles(InkMap($0.picture))) }
        }))
    let found = pool.map(all.count) { index -> Double in
      let (a, b) = all[index]
      guard let page = pages[a]?.picture, let other = pages[b]?.picture,
        case let anchor?? = anchors[b]
      else { return 0 }
      let fine = MovedInk(InkMap(page))
      let coarse = MovedInk(fine.map.halved)
      let fixed = InkMap(other)
      let guesses = SoughtPage(fine, width: page.width, height: page.height)
        .guesses(on: [anchor], most: 3).map(\.mapping)
      let fitted = ([.identity] + guesses).map {
        coarse.fitted(to: fixed.halved, from: $0, steps: 10)
      }
      guard let best = fitted.max(by: { $0.correlation < $1.correlation }) else { return 0 }
      return fine.fitted(to: fixed, from: best.mapping, steps: 8).correlation
    }
    var undecided = Set<Int>()
    for ((a, b), correlation) in zip(all, found)
    where correlation < InkSheets.leastOnPage
      || (otherByWholeInk..<copyOfWholeInk).contains(correlation)
    {
      undecided.insert(a)
      if sought.contains(b) { undecided.insert(b) }
    }
    let pairs = zip(all, found).map { pair, correlation in
      NearPair(
        first: min(pair.0, pair.1), second: max(pair.0, pair.1),
        similarity: similarity(correlation, copy: copyOfWholeInk))
    }
    return (pairs, undecided.sorted())
  }
}
