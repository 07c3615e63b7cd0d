// Checks the modules' order: reads `swift package describe --type json`, run in the package's root.
//
// A target may depend only on targets that stand above it in Package.swift, and a source may import
// only modules that its target names.

import Foundation

struct Package: Decodable {
  struct Target: Decodable {
    let name, path, type: String
    let dependencies: [String]?

    enum CodingKeys: String, CodingKey {
      case name, path, type
      case dependencies = "target_dependencies"
    }
  }
  let targets: [Target]
}

let package = try JSONDecoder().decode(
  Package.self, from: FileHandle.standardInput.readDataToEndOfFile())
let manifest = try String(contentsOfFile: "Package.swift", encoding: .utf8)
var faults: [String] = []

/// The modules in the manifest's order: the first string of each line that opens a tuple.
let order = manifest.split(separator: "\n").compactMap { line -> String? in
  let words = line.split(separator: "\"", omittingEmptySubsequences: false)
  guard words.count > 1, words[1].hasPrefix("ECG"), !line.contains("name:"),
    ["  (", "    "].contains(where: {
      line.hasPrefix($0) && words[0].allSatisfy { " (".contains($0) }
    })
  else { return nil }
  return String(words[1])
}
var places: [String: Int] = [:]
for (place, name) in order.enumerated() where places[name] == nil { places[name] = place }
let modules = package.targets.filter { $0.type == "library" && $0.name.hasPrefix("ECG") }

for target in modules {
  guard let place = places[target.name] else {
    faults.append("Package.swift: \(target.name) is not in the list of modules")
    continue
  }
  for dependency in target.dependencies ?? [] {
    if let other = places[dependency], other >= place {
      faults.append("\(target.name): depends on \(dependency), which stands below it")
    }
  }
}

let known = Set(package.targets.map(\.name))
for target in package.targets where target.type != "test" {
  let allowed = Set(target.dependencies ?? []).union([target.name])
  let files =
    FileManager.default.enumerator(atPath: target.path)?.compactMap { $0 as? String } ?? []
  for file in files where file.hasSuffix(".swift") {
    let path = "\(target.path)/\(file)"
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ").filter { !$0.hasPrefix("@") }
      guard words.first == "import" || words.dropFirst().first == "import", let last = words.last
      else { continue }
      let module = String(last.prefix { $0 != "." })
      if known.contains(module), !allowed.contains(module) {
        faults.append("\(path): imports \(module), which \(target.name) does not name")
      }
    }
  }
}

for fault in faults { print(fault) }
print("modules: \(modules.count) in order, \(faults.count) faults")
exit(faults.isEmpty ? 0 : 1)
