// Which buffers share memory: places for buffers whose times of use are known.

/// A buffer wanted from one moment to another, both included.
struct BufferRequest {
  var floats: Int
  var first: Int
  var last: Int
}

/// Places in one arena such that no two buffers in use at the same moment overlap.
struct MemoryPlan {
  /// The offset of each request, in floats, each a multiple of 32.
  let offsets: [Int]
  /// Floats of the arena.
  let total: Int

  /// Places the largest first, each at the lowest offset that is free for its whole time.
  init(_ requests: [BufferRequest]) {
    var offsets = [Int](repeating: 0, count: requests.count)
    var placed: [Int] = []
    var total = 0
    let order = requests.indices.sorted {
      (requests[$1].floats, $0) < (requests[$0].floats, $1)
    }
    for index in order {
      let request = requests[index]
      let size = (request.floats + 31) / 32 * 32
      let rivals = placed.filter {
        requests[$0].first <= request.last && request.first <= requests[$0].last
      }.map { (offsets[$0], offsets[$0] + (requests[$0].floats + 31) / 32 * 32) }.sorted { $0 < $1 }
      var offset = 0
      for (start, end) in rivals where start < offset + size { offset = max(offset, end) }
      offsets[index] = offset
      placed.append(index)
      total = max(total, offset + size)
    }
    self.offsets = offsets
    self.total = total
  }
}
