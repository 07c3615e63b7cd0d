// A page's likeness as bits that similar pages share.

import ECGParallel
import ECGRandom

/// On which side of many random planes a likeness lies.
///
/// Two likenesses at similarity s differ in a bit with probability acos(s) / π (Charikar 2002). The
/// bits are grouped into drawers' names; who shares a name in any of the 64 cabinets is a candidate.
/// A name has as many bits as the number of pages has, so that a drawer holds few pages by chance.
struct Sketch: Equatable, Sendable {
  /// The name of the drawer in each cabinet.
  let drawers: [UInt32]

  private static let cabinets = 64

  /// The sketches of likenesses of one length.
  static func of(_ likenesses: [[Float]], pool: WorkerPool) -> [Sketch] {
    guard let length = likenesses.first(where: { !$0.isEmpty })?.count else {
      return likenesses.map { _ in Sketch(drawers: []) }
    }
    let bits = min(max(8, Int.bitWidth - likenesses.count.leadingZeroBitCount), 24)
    let planes = pool.map(cabinets * bits) { plane(number: $0, length: length) }
    return pool.map(likenesses.count) { index in
      let values = likenesses[index]
      guard !values.isEmpty else { return Sketch(drawers: []) }
      return Sketch(
        drawers: (0..<cabinets).map { cabinet in
          planes[cabinet * bits..<(cabinet + 1) * bits].reduce(UInt32(0)) { name, plane in
            name << 1 | (dot(plane, values) >= 0 ? 1 : 0)
          }
        })
    }
  }

  /// For each sketch the later ones that share a drawer with it, in order.
  static func partners(among sketches: [Sketch]) -> [[Int]] {
    var partners = [[Int32]](repeating: [], count: sketches.count)
    for cabinet in 0..<cabinets {
      var drawers: [UInt32: [Int32]] = [:]
      for (index, sketch) in sketches.enumerated() where !sketch.drawers.isEmpty {
        drawers[sketch.drawers[cabinet], default: []].append(Int32(index))
      }
      for members in drawers.values {
        for (place, first) in members.enumerated() {
          partners[Int(first)] += members[(place + 1)...]
        }
      }
    }
    return partners.map { Set($0).map(Int.init).sorted() }
  }

  /// A plane's normal: signs alone do as well as normal numbers.
  private static func plane(number: Int, length: Int) -> [Float] {
    var generator = Philox(seed: UInt64(number), stream: 0x6C69_6B65)
    var (word, left) = (UInt64(0), 0)
    return (0..<length).map { _ in
      if left == 0 { (word, left) = (generator.next(), 64) }
      defer { (word, left) = (word >> 1, left - 1) }
      return word & 1 == 0 ? -1 : 1
    }
  }
}
