// A safetensors header: what it holds, and the check that every byte of data has one owner.

/// The header of a safetensors file.
struct SafetensorsHeader: Equatable {
  /// One tensor's place.
  struct Entry: Equatable {
    let name: String
    let type: String
    let shape: [Int]
    let begin: Int
    let end: Int
  }

  /// Free text by key.
  var metadata: [String: String] = [:]
  /// The tensors in the order of the header.
  var entries: [Entry] = []

  /// The type of each tensor's numbers, once shapes, offsets and the file's length agree.
  func checkedTypes(dataBytes: Int) throws(SafetensorsFault) -> [ScalarType] {
    var types: [ScalarType] = []
    for entry in entries { types.append(try entry.checkedType(dataBytes: dataBytes)) }
    let order = entries.sorted { ($0.begin, $0.end) < ($1.begin, $1.end) }
    var reached = 0
    var last = ""
    for entry in order {
      if entry.begin < reached { throw .overlap(tensor: entry.name, with: last) }
      if entry.begin > reached { throw .gap(tensor: entry.name, bytes: entry.begin - reached) }
      reached = entry.end
      last = entry.name
    }
    guard reached == dataBytes else { throw .trailingBytes(dataBytes - reached) }
    return types
  }
}

extension SafetensorsHeader.Entry {
  /// The type, once the shape and the offsets agree and lie inside the data.
  fileprivate func checkedType(dataBytes: Int) throws(SafetensorsFault) -> ScalarType {
    guard let scalar = ScalarType(rawValue: type) else {
      throw .unreadableType(tensor: name, type: type)
    }
    var needed = scalar.size
    for extent in shape {
      let (product, overflows) = needed.multipliedReportingOverflow(by: extent)
      guard !overflows else { throw .tooManyElements(tensor: name) }
      needed = product
    }
    guard end - begin == needed else {
      throw .sizeMismatch(tensor: name, begin: begin, end: end, needed: needed)
    }
    guard end <= dataBytes else { throw .truncated(tensor: name, missing: end - dataBytes) }
    return scalar
  }
}
