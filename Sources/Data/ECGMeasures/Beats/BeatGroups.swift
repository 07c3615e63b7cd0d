// Beats sorted by their shape.

/// A beat as the sorting sees it.
struct GroupedBeat: Equatable {
  /// The sample that stands for the same phase in all beats of a group.
  var mark: Int
  /// The number of the group of beats that look like it.
  var group: Int
}

/// Sorts beats into groups of one shape each and moves their marks to the same phase.
///
/// Two beats are compared over the traces in which both can be read, from 100 ms before the mark to
/// 160 ms after it, each trace less its mean there. They are of one shape where the correlation,
/// over all these traces together, reaches 0.9 at some shift within 64 ms and neither is twice the
/// other. Beats that share no lead, since they stand in different columns of a page, are never of
/// one group: a strip alone may show too little. Neither are beats that only the strip shows and
/// those that leads show.
struct BeatGroups {
  /// The beats by time of detection.
  private(set) var beats: [GroupedBeat] = []
  /// The mean beat of each group.
  private(set) var groups: [BeatTemplate] = []
  /// The traces, and which of them are leads.
  let traces: [Trace]
  let isLead: [Bool]

  init(marks: [Int], traces: [Trace]) {
    self.traces = traces
    isLead = traces.map { !$0.isRhythmStrip }
    for mark in marks {
      let view = ReadableTraces(mark: mark, traces: traces)
      var best: (group: Int, match: BeatMatch)?
      for (index, template) in groups.enumerated() where areComparable(view, template) {
        guard let match = template.match(mark: mark, view: view, traces: traces) else { continue }
        if match.isOneShape, match.correlation > best?.match.correlation ?? -1 {
          best = (index, match)
        }
      }
      let group = best?.group ?? groups.count
      if best == nil { groups.append(BeatTemplate(traces: traces.count)) }
      let aligned = mark + (best?.match.shift ?? 0)
      groups[group].add(mark: aligned, traces: traces)
      beats.append(GroupedBeat(mark: aligned, group: group))
    }
    refine()
  }

  /// Whether a beat and a group share a lead, or neither is seen in any.
  private func areComparable(_ view: ReadableTraces, _ template: BeatTemplate) -> Bool {
    let own = view.only(isLead)
    let shown = template.traces
    if own.only(shown).isReadableAnywhere { return true }
    return !own.isReadableAnywhere && !zip(shown, isLead).contains { $0 && $1 }
  }

  /// Matches every beat once more, now with the mean of its whole group.
  private mutating func refine() {
    var refined = groups.map { _ in BeatTemplate(traces: traces.count) }
    for (index, beat) in beats.enumerated() {
      let view = ReadableTraces(mark: beat.mark, traces: traces)
      if groups[beat.group].count > 1,
        let match = groups[beat.group].match(mark: beat.mark, view: view, traces: traces, within: 6)
      {
        beats[index].mark += match.shift
      }
      refined[beat.group].add(mark: beats[index].mark, traces: traces)
    }
    groups = refined
  }
}
