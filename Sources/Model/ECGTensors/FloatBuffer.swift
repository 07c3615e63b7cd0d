// Aligned memory for floats, allocated once and reused by every step.

import Foundation

/// Zeroed floats; many of them at 2 MiB alignment in huge pages, so that a step meets few faults.
public final class FloatBuffer: @unchecked Sendable {
  /// The first element.
  public let pointer: UnsafeMutablePointer<Float>
  /// How many floats there are.
  public let count: Int
  /// What the system mapped, where it did.
  private let mapping: (start: UnsafeMutableRawPointer, bytes: Int)?

  private static let hugePage = 1 << 21

  /// Allocates `count` zeroed floats.
  ///
  /// Large buffers come from the system, which clears a page when a thread first touches it: several
  /// threads share that work, and nothing is cleared twice. Where it has no memory, ``MemoryShortage``
  /// ends the process.
  public init(count: Int) {
    precondition(count >= 0, "a buffer of \(count) floats")
    self.count = count
    let bytes = max(64, count * 4)
    if bytes >= Self.hugePage {
      let mapped = bytes + Self.hugePage
      let start = mmap(nil, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      guard let start, start != MAP_FAILED else { MemoryShortage.end(bytes: bytes) }
      let aligned = start.alignedUp(toMultipleOf: Self.hugePage)
      madvise(aligned, bytes, Int32(MADV_HUGEPAGE))
      mapping = (start, mapped)
      pointer = aligned.bindMemory(to: Float.self, capacity: count)
    } else {
      var raw: UnsafeMutableRawPointer?
      guard posix_memalign(&raw, 64, bytes) == 0, let raw else { MemoryShortage.end(bytes: bytes) }
      memset(raw, 0, bytes)
      mapping = nil
      pointer = raw.bindMemory(to: Float.self, capacity: bytes / 4)
    }
  }

  deinit {
    if let mapping { munmap(mapping.start, mapping.bytes) } else { free(pointer) }
  }

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
