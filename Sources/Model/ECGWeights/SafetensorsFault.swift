// What can be wrong inside a safetensors file: the rungs of the reader's ladder, in its order.

/// A fault in the bytes of a safetensors file.
public enum SafetensorsFault: Error, Equatable, Sendable {
  /// Not even the eight bytes of the header's length.
  case tooShort(bytes: Int)
  /// A PyTorch archive or pickle, which is code as much as data and is never read.
  case pickled
  /// A header of more than 100 MB.
  case headerTooLarge(bytes: UInt64)
  /// A header longer than what follows its length.
  case headerBeyondEnd(header: Int, available: Int)
  /// A header that is not the JSON that the format asks for, from this byte of the header on.
  case headerNotJSON(byte: Int, expected: String)
  /// A key that stands twice in an object: one of them would be lost.
  case duplicateName(String)
  /// An entry without its `dtype`, `shape` or `data_offsets`.
  case incompleteEntry(tensor: String, missing: String)
  /// A type of number that is not read.
  case unreadableType(tensor: String, type: String)
  /// A shape whose size no address can hold.
  case tooManyElements(tensor: String)
  /// Offsets that run backward, or span another number of bytes than the shape asks for.
  case sizeMismatch(tensor: String, begin: Int, end: Int, needed: Int)
  /// A tensor that ends behind the end of the file.
  case truncated(tensor: String, missing: Int)
  /// Two tensors that share bytes.
  case overlap(tensor: String, with: String)
  /// Bytes before a tensor that belong to none.
  case gap(tensor: String, bytes: Int)
  /// Bytes after the last tensor that belong to none.
  case trailingBytes(Int)
  /// A number that is not finite, or too large for a `Float`.
  case notFinite(tensor: String, index: Int)
}

extension SafetensorsFault: CustomStringConvertible {
  /// What is wrong and what to do, without the file's name.
  public var description: String {
    switch self {
    case .tooShort(let bytes):
      "\(bytes) bytes are not a safetensors file; copy the file again"
    case .pickled:
      "a PyTorch pickle, which is never read since it can run code; convert it once: "
        + SafetensorsFault.conversion
    case .headerTooLarge(let bytes):
      "not a safetensors file (its header would have \(bytes) bytes, allowed are "
        + "\(Safetensors.largestHeader)); give a .safetensors file"
    case .headerBeyondEnd(let header, let available):
      "cut short (a header of \(header) bytes, \(available) are there); copy the file again"
    case .headerNotJSON(let byte, let expected):
      "bad header (byte \(byte): \(expected) expected); write the file again"
    case .duplicateName(let name):
      "bad header ('\(name)' is given twice); write the file again"
    case .incompleteEntry(let tensor, let missing):
      "bad header (tensor '\(tensor)' has no \(missing)); write the file again"
    case .unreadableType(let tensor, let type):
      "tensor '\(tensor)' has type '\(type)', readable are "
        + "\(ScalarType.allCases.map(\.rawValue).joined(separator: " ")); save it as F32"
    case .tooManyElements(let tensor):
      "the shape of tensor '\(tensor)' is larger than the memory; write the file again"
    case .sizeMismatch(let tensor, let begin, let end, let needed):
      "tensor '\(tensor)' requires \(needed) bytes, its offsets are \(begin) and \(end); "
        + "write the file again"
    case .truncated(let tensor, let missing):
      "cut short (tensor '\(tensor)' lacks \(missing) bytes); copy the file again"
    case .overlap(let tensor, let other):
      "tensors '\(other)' and '\(tensor)' share bytes; write the file again"
    case .gap(let tensor, let bytes):
      "\(bytes) bytes before tensor '\(tensor)' belong to no tensor; write the file again"
    case .trailingBytes(let bytes):
      "\(bytes) bytes after the last tensor belong to no tensor; copy the file again"
    case .notFinite(let tensor, let index):
      "tensor '\(tensor)' is not finite at element \(index); train again with a smaller rate"
    }
  }

  /// The line of Python that turns a PyTorch file into safetensors.
  static let conversion =
    "python3 -c 'import sys, torch; from safetensors.torch import save_file; "
    + "d = torch.load(sys.argv[1], map_location=\"cpu\", weights_only=True); "
    + "d = d.get(\"state_dict\", d); "
    + "save_file({k: v.contiguous().clone() for k, v in d.items()}, sys.argv[2])' IN.pth OUT.safetensors"
}
