// Names joined into disjoint sets.

/// A union-find over names; the root of a set is its first name in order.
struct DisjointNames {
  private var parents: [String: String] = [:]

  func root(of name: String) -> String {
    var name = name
    while let parent = parents[name] { name = parent }
    return name
  }

  mutating func join(_ a: String, _ b: String) {
    let (a, b) = (root(of: a), root(of: b))
    if a != b { parents[max(a, b)] = min(a, b) }
  }
}
