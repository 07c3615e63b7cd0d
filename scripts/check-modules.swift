// Checks the modules' order, layers and dependencies, and prints them as a map.
//
// Reads `swift package describe --type json`, run in the package's root. `--map` prints the modules by
// layer with their direct dependencies; without it, every fault is a line, and the status is 1 if there
// is one. Faults: a target that depends on a module below it in Package.swift; sources outside of
// `Sources/LAYER/MODULE`; an import of a module that the target does not name; a named dependency that
// no source imports; a library's text that names a flag of the program, as `--out`; a map in
// CONTRIBUTING.md that is out of date; a file of Sources or Tests that does not bear the name of what it
// declares.

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
let layers = ["Base", "Data", "Model", "Metrics", "Training", "Analysis", "Report"]

/// The place of the first mention of a name in the manifest, which lists the modules in their order.
func place(_ name: String) -> String.Index? {
  manifest.range(of: "(\"\(name)\", ")?.lowerBound
    ?? manifest.range(of: "\"\(name)\",\n")?.lowerBound
}

/// The paths of a target's Swift files.
func sources(of target: Package.Target) -> [String] {
  let files =
    FileManager.default.enumerator(atPath: target.path)?.compactMap { $0 as? String } ?? []
  return files.filter { $0.hasSuffix(".swift") }.map { "\(target.path)/\($0)" }
}

/// The modules that a target's sources import.
func imports(of target: Package.Target) throws -> [(module: String, file: String)] {
  try sources(of: target).flatMap { path in
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap {
      line -> (String, String)? in
      let words = line.split(separator: " ").filter { !$0.hasPrefix("@") }
      guard words.first == "import" || words.dropFirst().first == "import", let last = words.last
      else { return nil }
      return (String(last.prefix { $0 != "." }), path)
    }
  }
}

let modules = package.targets.filter { $0.type == "library" && $0.name.hasPrefix("ECG") }
  .sorted { a, b in
    guard let first = place(a.name), let second = place(b.name) else { return a.name < b.name }
    return first < second
  }
let order = Dictionary(uniqueKeysWithValues: modules.enumerated().map { ($1.name, $0) })

let map = layers.map { layer in
  let lines = modules.filter { $0.path.hasPrefix("Sources/\(layer)/") }.map { module in
    let below = (module.dependencies ?? []).filter { order[$0] != nil }
      .sorted { (order[$0] ?? 0) < (order[$1] ?? 0) }
    return "  " + module.name + (below.isEmpty ? "" : " <- " + below.joined(separator: ", "))
  }
  return ([layer] + lines).joined(separator: "\n")
}.joined(separator: "\n")

if CommandLine.arguments.dropFirst().first == "--map" {
  print(map)
  exit(0)
}

var faults: [String] = []
var deepest = 0
for module in modules {
  let parts = module.path.split(separator: "/").map(String.init)
  guard parts.count == 3, parts[0] == "Sources", parts[2] == module.name,
    let layer = layers.firstIndex(of: parts[1])
  else {
    faults.append("\(module.name): lies in \(module.path); move it to Sources/LAYER/\(module.name)")
    continue
  }
  if layer < deepest {
    faults.append("\(module.name): listed after a module of layer \(layers[deepest])")
  }
  deepest = max(deepest, layer)
  for dependency in module.dependencies ?? [] {
    if let place = order[module.name], let other = order[dependency], other >= place {
      faults.append("\(module.name): depends on \(dependency), which stands below it")
    }
  }
}

let known = Set(package.targets.map(\.name))
for target in package.targets where target.type != "test" {
  let found = try imports(of: target)
  let named = Set(target.dependencies ?? [])
  for (module, file) in found
  where known.contains(module) && module != target.name && !named.contains(module) {
    faults.append("\(file): imports \(module), which \(target.name) does not name")
  }
  // The program links every module; C targets import by headers.
  guard target.name.hasPrefix("ECG") else { continue }
  for unused in named.subtracting(found.map(\.module)).sorted() {
    faults.append("\(target.name): names \(unused), which no source imports")
  }
}

/// The lines of a target's sources with a text literal that names a long flag.
func flagLines(of target: Package.Target) throws -> [String] {
  try sources(of: target).flatMap { path in
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { number, line -> String? in
      let isComment = line.drop { $0 == " " }.hasPrefix("//")
      guard !isComment, line.contains(#/"[^"]*--[a-z]/#) else { return nil }
      return "\(path):\(number + 1)"
    }
  }
}

for module in modules {
  for place in try flagLines(of: module) {
    faults.append("\(place): names a flag; give the problem alone, the program knows the remedy")
  }
}

let keywords: Set = [
  "struct", "class", "enum", "protocol", "typealias", "extension", "func", "let", "var",
]

/// What a file declares at its outermost level.
func declarations(_ text: String) -> [(kind: String, name: String)] {
  text.split(separator: "\n").compactMap { line in
    let words = line.split { " :<({=".contains($0) }.map(String.init)
    guard let first = line.first, first.isLetter || first == "@",
      let place = words.firstIndex(where: keywords.contains), place + 1 < words.count
    else { return nil }
    let name = words[place + 1].split(separator: ".").last ?? ""
    return (words[place], name.filter { $0.isLetter || $0.isNumber })
  }
}

/// Whether a file bears the name of a type (or its ending) or of a function, or is `TYPE+TOPIC`.
func isNamed(_ file: String, by declared: [(kind: String, name: String)]) -> Bool {
  let parts = file.lowercased().split(separator: "+")
  let stem = String(parts[0])
  let single = stem.hasSuffix("s") && !stem.hasSuffix("ss") ? String(stem.dropLast()) : stem
  return declared.contains { kind, name in
    let name = name.lowercased()
    return switch kind {
    case "extension": parts.count > 1 && name == stem
    case "func", "let", "var": name.contains(single)
    default: name.hasSuffix(stem) || name.hasSuffix(single)
    }
  }
}

for folder in ["Sources", "Tests"] {
  let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
  for file in files where file.hasSuffix(".swift") {
    let name = (file as NSString).lastPathComponent.dropLast(".swift".count)
    let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    if name != "main", !isNamed(String(name), by: declarations(text)) {
      faults.append("\(folder)/\(file): declares nothing of that name; rename the file")
    }
  }
}

let guide = try String(contentsOfFile: "CONTRIBUTING.md", encoding: .utf8)
if !guide.contains("```text\n\(map)\n```") {
  faults.append("CONTRIBUTING.md: the map is out of date; replace it by 'scripts/module-map'")
}

for fault in faults { print(fault) }
print("modules: \(modules.count) in order, \(faults.count) faults")
exit(faults.isEmpty ? 0 : 1)
