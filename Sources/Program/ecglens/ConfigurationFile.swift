// `--config FILE`: a file's keys as flags that stand before the user's own.

import ECGFiles
import ECGTraining
import Foundation
import Yams

/// A YAML file whose keys are the long flags' names, or the `run.json` of a run.
struct ConfigurationFile {
  /// The file.
  let path: String
  /// Whether it is the record of a run, which has settings that another verb or network does not use.
  let isRecord: Bool
  /// The flags, each with its argument.
  private(set) var flags: [(name: String, argument: String)]

  /// The flags as arguments.
  var arguments: [String] { flags.map(\.argument) }

  /// Flags that take no value; each has a form that turns it off.
  static let switches: Set<String> = Set(
    ["json", "quiet", "color", "resume", "force", "quick", "masks", "layers"]
      + TrainingSetting.allCases.filter(\.isSwitch).map(\.rawValue))

  /// Reads a file.
  ///
  /// - Throws: `FileError`, ``ConfigurationError``.
  init(contentsOf path: String) throws {
    self.path = path
    let text = String(decoding: try readFile(path), as: UTF8.self)
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw FileError.malformed(path, reason: Self.reason(error))
    }
    guard let root else {
      (flags, isRecord) = ([], false)
      return
    }
    guard let mapping = root.mapping else {
      throw FileError.malformed(path, reason: "not a list of keys and values")
    }
    if mapping["settings"] != nil {
      isRecord = true
      flags = try Self.flags(ofRecord: path)
    } else {
      isRecord = false
      flags = try mapping.map { key, value in try Self.flag(key, value, path: path) }
    }
  }

  /// Reads the file that `--config` names; `nil` without one.
  init?(namedIn arguments: [String]) throws {
    let paths = Self.paths(in: arguments)
    guard let path = paths.first else { return nil }
    guard paths.count == 1 else { throw ConfigurationError.several(paths) }
    try self.init(contentsOf: path)
  }

  /// The user's arguments with those of the file put between verb and flags.
  ///
  /// A repeated flag takes its last value, so flags win over the file; a key that is no flag of the
  /// verb fails as an unknown flag does.
  func merged(into user: [String]) -> [String] {
    guard let verb = user.firstIndex(where: { !$0.hasPrefix("-") }) else { return user }
    return Array(user[...verb]) + arguments + Array(user[(verb + 1)...])
  }

  /// Whether a flag comes from the file and not from the user's arguments.
  func alone(gives name: String, besides user: [String]) -> Bool {
    let forms = ["--\(name)", "--no-\(name)"]
    return flags.contains { $0.name == name }
      && !user.contains { forms.contains(String($0.prefix { $0 != "=" })) }
  }

  /// The same file without a flag.
  func without(_ name: String) -> ConfigurationFile {
    var rest = self
    rest.flags.removeAll { $0.name == name }
    return rest
  }

  /// The name of a record's flag that a message calls unknown to the verb, and that the user's
  /// arguments lack; `nil` where the message is about anything else.
  ///
  /// The file of weights that a training begins from is unknown too where a verb chooses among a run's
  /// weights.
  func unknownFlag(in message: String, besides user: [String]) -> String? {
    guard isRecord else { return nil }
    return flags.map(\.name).first { name in
      let isUnknown = ["--\(name)", "--no-\(name)"].contains { form in
        ["'", "="].contains { message.contains("Unknown option '\(form)\($0)") }
      }
      let isOther =
        name == "weights" && message.contains("is invalid for '--weights")
      return (isUnknown || isOther) && alone(gives: name, besides: user)
    }
  }

  /// The file's path when a message is about one of its keys, which the user's arguments lack.
  func path(of message: String, unlessIn user: [String]) -> String? {
    let names = arguments.map { String($0.prefix { $0 != "=" }) }
    let blamed = names.contains { name in
      message.contains("'\(name)") && !user.contains { $0.prefix { $0 != "=" } == name }
    }
    return blamed ? path : nil
  }

  private static func paths(in arguments: [String]) -> [String] {
    let flags = arguments.prefix { $0 != "--" }
    return flags.enumerated().compactMap { index, flag in
      if flag == "--config", index + 1 < flags.count { return flags[index + 1] }
      return flag.hasPrefix("--config=") ? String(flag.dropFirst("--config=".count)) : nil
    }
  }

  /// The settings of a run that its training read.
  private static func flags(ofRecord path: String) throws -> [(name: String, argument: String)] {
    let record: RunRecord
    do throws(FileError) { record = try readJSON(RunRecord.self, from: path) } catch {
      guard case .malformed(_, let reason) = error else { throw error }
      throw FileError.malformed(path, reason: "it has settings but is not a run.json: \(reason)")
    }
    let settings = record.settings
    return try settings.listed().compactMap { setting, value in
      if settings.reasonUnused(setting) != nil { return nil }
      // Not a request for folds: a run that tests no fold records the default, which small classes
      // may not allow.
      if setting == .folds, settings.fold == nil, settings.folds == TrainingSettings().folds {
        return nil
      }
      let name = setting.rawValue
      guard setting.isSwitch else { return (name, "\(setting.flag)=\(value)") }
      return (name, value == "true" ? setting.flag : "--no-\(name)")
    }
  }

  /// The flag for a key of YAML.
  private static func flag(
    _ key: Node, _ value: Node, path: String
  ) throws -> (name: String, argument: String) {
    let line = (key.mark ?? value.mark).map { "line \($0.line): " } ?? ""
    guard let name = key.string else {
      throw FileError.malformed(path, reason: "\(line)a key is not plain text")
    }
    func refusal(_ reason: String, _ remedy: String) -> ConfigurationError {
      .value(path, key: "\(line)\(name)", reason: reason, remedy: remedy)
    }
    guard name != "config" else {
      throw refusal("a configuration file cannot name another", "omit it")
    }
    if value.null != nil { throw refusal("no value", "give one or omit the key") }
    // `no-color: true` is the switch `color` turned off.
    let isNegated = name.hasPrefix("no-") && switches.contains(String(name.dropFirst(3)))
    let positive = isNegated ? String(name.dropFirst(3)) : name
    if switches.contains(positive) {
      guard let isOn = value.bool else { throw refusal("a switch", "use true or false") }
      return (positive, isOn != isNegated ? "--\(positive)" : "--no-\(positive)")
    }
    if value.bool != nil, value.scalar?.style == .plain {
      throw refusal(
        "YAML reads \(value.scalar?.string ?? "the value") as true or false, and --\(name) is not a switch",
        "write the value that the flag takes")
    }
    if let list = value.sequence {
      let items = list.compactMap(\.scalar?.string)
      guard items.count == list.count else { throw notPlain(path, line, name) }
      guard !items.isEmpty, !items.contains("") else {
        throw refusal("empty value", "give one or omit the key")
      }
      return (name, "--\(name)=\(items.joined(separator: ","))")
    }
    guard let text = value.scalar?.string else { throw notPlain(path, line, name) }
    guard !text.isEmpty else { throw refusal("empty value", "give one or omit the key") }
    return (name, "--\(name)=\(text)")
  }

  private static func notPlain(_ path: String, _ line: String, _ name: String) -> FileError {
    .malformed(path, reason: "\(line)\(name) is not a plain value")
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? YamlError else { return "not YAML" }
    return switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "line \(mark.line): \(problem)"
    case .duplicatedKeysInMapping(let duplicates, _):
      "keys given twice: \(duplicates.map { "\($0)" }.joined(separator: ", "))"
    default: "not YAML"
    }
  }
}

/// What is wrong with the use of a configuration.
enum ConfigurationError: ExitStatusError, Equatable {
  /// Several files are given.
  case several([String])
  /// A key's value is none that its flag takes.
  case value(String, key: String, reason: String, remedy: String)

  /// Exit status.
  var exitStatus: ExitStatus { .usage }

  /// One line: the file, the problem, the remedy.
  var description: String {
    switch self {
    case .several(let paths):
      "--config: \(paths.joined(separator: " and ")), of which one would be ignored; give one file"
    case .value(let path, let key, let reason, let remedy):
      "\(path): \(key): \(reason); \(remedy)"
    }
  }
}
