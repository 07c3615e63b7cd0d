// Which groups of beats are of the usual shape, over all columns of a page, and in what phase.

import ECGStatistics

/// The groups of the usual shape.
struct UsualGroups {
  /// The groups, and by how many samples each one's marks lie before the R peak.
  private(set) var shifts: [Int: Int] = [:]
  /// Groups that cannot be compared with the usual ones.
  private(set) var unknown: Set<Int> = []

  private let sorted: BeatGroups
  private let strip: [Bool]

  /// Finds them.
  ///
  /// Groups that share leads, as those of one column of a page do, belong to one view. Groups of
  /// different views are compared over the rhythm strip, where it shows at least 0.3 mV of either.
  /// A group counts its own beats and those of the groups in other views that look like it on the
  /// strip. In each view the group that counts most is usual (of equal ones the less premature),
  /// unless the strip shows that it is plainly of another shape than the one that counts most of all.
  /// Beats that only the strip shows are usual where it shows that they look like that one, and of
  /// another shape where they do not and look like beats of another shape that leads show.
  init(_ sorted: BeatGroups) {
    self.sorted = sorted
    strip = sorted.isLead.map { !$0 }
    let all = sorted.groups.indices.filter { !sorted.groups[$0].isEmpty }
    unknown = Set(sorted.groups.indices).subtracting(all)
    let views = self.views(all)
    var relations: [[BeatMatch?]] = sorted.groups.map { _ in
      [BeatMatch?](repeating: nil, count: sorted.groups.count)
    }
    for a in all {
      for b in all where a != b && views[a] != views[b] { relations[a][b] = compare(a, with: b) }
    }
    func weight(_ group: Int) -> (Int, Double, Int) {
      let alike = all.filter { relations[group][$0]?.isOneShape == true }
      let count = alike.reduce(sorted.groups[group].count) { $0 + sorted.groups[$1].count }
      return (count, meanPrecedingInterval(of: group), -group)
    }
    let inLeads = all.filter { views[$0] != nil }
    guard let first = (inLeads.isEmpty ? all : inLeads).max(by: { weight($0) < weight($1) }) else {
      return
    }
    shifts[first] = 0
    for view in Set(views.values).sorted() where view != views[first] {
      let own = all.filter { views[$0] == view }
      guard let best = own.max(by: { weight($0) < weight($1) }) else { continue }
      let relation = relations[best][first]
      if relation?.isAnother != true { shifts[best] = phase(of: best, relation, against: first) }
    }
    func isAlike(_ a: Int, _ b: Int) -> Bool { relations[a][b]?.isOneShape == true }
    let others = inLeads.filter { shifts[$0] == nil }
    for group in all where views[group] == nil && group != first {
      guard let relation = relations[group][first] else {
        unknown.insert(group)
        continue
      }
      if relation.isOneShape {
        shifts[group] = relation.shift
      } else if !relation.isAnother, !others.contains(where: { isAlike(group, $0) }) {
        unknown.insert(group)
      }
    }
    // Each column has a peak of its own; the R peak is that of all leads together.
    var whole = BeatTemplate(traces: sorted.traces.count)
    for beat in sorted.beats {
      if let shift = shifts[beat.group] {
        whole.add(mark: beat.mark + shift, traces: sorted.traces)
      }
    }
    let peak = whole.peakShift
    shifts = shifts.mapValues { $0 + peak }
  }

  /// The view of each group that leads show.
  private func views(_ all: [Int]) -> [Int: Int] {
    var views: [Int: Int] = [:]
    var leads: [[Bool]] = []
    for group in all {
      var shown = zip(sorted.groups[group].traces, sorted.isLead).map { $0 && $1 }
      guard shown.contains(true) else { continue }
      let touching = leads.indices.filter { view in
        zip(leads[view], shown).contains { $0 && $1 }
      }
      for view in touching {
        shown = zip(shown, leads[view]).map { $0 || $1 }
        leads[view] = leads[view].map { _ in false }
      }
      leads.append(shown)
      views[group] = leads.count - 1
      for (other, view) in views where touching.contains(view) { views[other] = leads.count - 1 }
    }
    return views
  }

  /// How a group's beats fit another group on the strip: the middle one of up to three; `nil` where
  /// the strip shows too little of both.
  private func compare(_ group: Int, with other: Int) -> BeatMatch? {
    let template = sorted.groups[other]
    guard let trace = strip.firstIndex(of: true),
      max(template.height(trace), sorted.groups[group].height(trace)) >= 0.3
    else { return nil }
    let matches = sorted.beats.filter { $0.group == group }.prefix(3).compactMap { beat in
      template.match(
        mark: beat.mark, view: ReadableTraces(mark: beat.mark, traces: sorted.traces).only(strip),
        traces: sorted.traces)
    }
    return matches.isEmpty ? nil : matches.upperMedian { $0.correlation < $1.correlation }
  }

  /// The samples from a group's marks to the first group's: by the strip where it shows the same shape, else
  /// by the leads, which all show one heart.
  private func phase(of group: Int, _ relation: BeatMatch?, against first: Int) -> Int {
    if let relation, relation.isOneShape { return relation.shift }
    return phaseShift(
      of: sorted.groups[group].meanCourses, against: sorted.groups[first].meanCourses, within: 30)
  }

  private func meanPrecedingInterval(of group: Int) -> Double {
    var intervals: [Int] = []
    for index in sorted.beats.indices.dropFirst() where sorted.beats[index].group == group {
      intervals.append(sorted.beats[index].mark - sorted.beats[index - 1].mark)
    }
    return intervals.isEmpty ? 0 : Double(intervals.reduce(0, +)) / Double(intervals.count)
  }
}
