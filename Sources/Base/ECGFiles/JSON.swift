// Values as JSON, the same bytes for the same value.

import Foundation

/// The JSON of a value: keys sorted, slashes as they are, numbers that read back exactly.
///
/// - Parameters:
///   - value: Its optional members must write their own `null` where the key should stay.
///   - pretty: Indented and ended by a newline, as a file should be; otherwise one line without.
/// - Throws: `EncodingError` when the value holds a number that JSON has no form for.
public func encodeJSON(_ value: some Encodable, pretty: Bool = true) throws -> Data {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
  var data = try encoder.encode(value)
  if pretty { data.append(UInt8(ascii: "\n")) }
  return data
}

/// Reads a JSON file.
///
/// - Throws: ``FileError``; ``FileError/malformed(_:reason:)`` names the key that does not fit.
public func readJSON<Value: Decodable>(_ type: Value.Type, from path: String) throws(FileError)
  -> Value
{
  let data = try readFile(path)
  do { return try JSONDecoder().decode(type, from: data) } catch {
    throw .malformed(path, reason: jsonReason(error))
  }
}

/// What is wrong with a JSON text, in a few words.
func jsonReason(_ error: any Error) -> String {
  func place(_ path: [any CodingKey]) -> String {
    path.isEmpty ? "" : " at \(path.map(\.stringValue).joined(separator: "."))"
  }
  return switch error as? DecodingError {
  case .keyNotFound(let key, let context):
    "no key \"\(key.stringValue)\"\(place(context.codingPath))"
  case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
    "no \(type)\(place(context.codingPath))"
  case .dataCorrupted(let context): "\(context.debugDescription)\(place(context.codingPath))"
  default: "not JSON"
  }
}
