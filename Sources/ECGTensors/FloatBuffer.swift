// Aligned memory for floats, allocated once and reused by every step.

import Foundation

/// Zeroed floats at 2 MiB alignment in huge pages, so that a step meets no page faults.
public final class FloatBuffer: @unchecked Sendable {
  /// The first element.
  public let pointer: UnsafeMutablePointer<Float>
  /// How many floats there are.
  public let count: Int

  /// Allocates `count` zeroed floats.
  public init(count: Int) {
    precondition(count >= 0, "a buffer of \(count) floats")
    let large = count * 4 >= 1 << 21
    let alignment = large ? 1 << 21 : 64
    let bytes = max(alignment, (count * 4 + alignment - 1) / alignment * alignment)
    var raw: UnsafeMutableRawPointer?
    let status = posix_memalign(&raw, alignment, bytes)
    guard status == 0, let raw else {
      preconditionFailure("no memory for \(bytes) bytes; use a smaller --batch")
    }
    if large { madvise(raw, bytes, Int32(MADV_HUGEPAGE)) }
    memset(raw, 0, bytes)
    pointer = raw.bindMemory(to: Float.self, capacity: bytes / 4)
    self.count = count
  }

  deinit { free(pointer) }

  /// Sets every element to zero.
  public func zero() { memset(pointer, 0, count * 4) }
}

/// One scratch buffer a worker, as large as its most demanding user asks for.
///
/// All lie in one allocation: huge pages spare the transforms, which write to many places at once,
/// the misses of small ones.
public final class Scratch: @unchecked Sendable {
  private let buffer: FloatBuffer
  private let floats: Int

  /// Allocates `floats` for each of `workers`.
  public init(workers: Int, floats: Int) {
    // A page and a line apart, so that no two workers' data begin in the same cache set.
    self.floats = (floats + 1023) / 1024 * 1024 + 1024 + 16
    buffer = FloatBuffer(count: max(workers * self.floats, 1 << 19))
  }

  /// The scratch of one worker.
  public subscript(worker: Int) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(buffer.pointer + worker * floats)
  }
}
