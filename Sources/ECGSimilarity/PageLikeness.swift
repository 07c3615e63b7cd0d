// What is kept of a page to tell whether another one shows the same ECG: its traces, else its ink.

import ECGRaster
import ECGRecordings
import ECGTraces
import Foundation

/// The likeness of a page.
///
/// Pages of one kind of likeness are compared, traces with traces and ink
/// with ink.
public enum PageLikeness: Equatable, Sendable {
  /// Of a page whose traces can be read.
  case traces(TraceLikeness)
  /// Of a page whose traces cannot be read.
  case ink(InkLikeness)

  /// Pages at least so similar show one ECG.
  ///
  /// Measured on the 393 distinct open pages of the public set, all 77,028 pairs: at most 0.45
  /// between different ECGs, 0.61 between altered copies of them (re-encoded, scaled to
  /// 25...200 %, turned, cropped, brighter, noisy, and mixtures); 0.94 and more between the 30,451
  /// pairs that show one ECG. Synthetic ECGs, which are more regular, reach 0.87 in 32 million pairs
  /// of 8,000 pages.
  public static let copy = 0.9

  /// The likeness of what was read on a page; `nil` where too little was.
  public init?(_ recording: Recording) {
    guard let traces = TraceLikeness(recording) else { return nil }
    self = .traces(traces)
  }

  /// Narrower pages have no likeness, in pixels: a quarter of the usual size, cropped.
  static let leastWidth = 480

  /// The likeness of a page that may be small, cut or of an unknown layout; `nil` for a page without
  /// ink and for one of fewer than 480 pixels across.
  ///
  /// - Parameters:
  ///   - page: Upright within 3 degrees.
  ///   - path: What an error would name.
  public init?(_ page: Image, path: String) {
    guard page.width >= Self.leastWidth else { return nil }
    if let recording = Recording(comparable: page, path: path), let found = Self(recording) {
      self = found
    } else if let ink = InkLikeness(page) {
      self = .ink(ink)
    } else {
      return nil
    }
  }

  /// -1...1, 1 for equal ones; `nil` where the two cannot be compared.
  public func similarity(to other: PageLikeness) -> Double? {
    switch (self, other) {
    case (.traces(let a), .traces(let b)): a.similarity(to: b)
    case (.ink(let a), .ink(let b)): a.similarity(to: b)
    default: nil
    }
  }
}

extension PageLikeness {
  private var count: Int {
    switch self {
    case .traces(let traces): traces.values.count
    case .ink(let ink): ink.values.count
    }
  }

  /// The likeness as bytes: a kind, for traces the known quarters, then the values as float32, all
  /// little-endian.
  public var data: Data {
    var data = Data(capacity: 9 + 4 * count)
    func append(_ values: [Float]) {
      for value in values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
      }
    }
    switch self {
    case .traces(let traces):
      data.append(1)
      withUnsafeBytes(of: traces.known.littleEndian) { data.append(contentsOf: $0) }
      append(traces.values)
    case .ink(let ink):
      data.append(2)
      append(ink.values)
    }
    return data
  }

  /// A likeness from its bytes; `nil` for others.
  public init?(data: Data) {
    let found = data.withUnsafeBytes { bytes -> PageLikeness? in
      func values(from start: Int) -> [Float]? {
        guard bytes.count >= start, (bytes.count - start) % 4 == 0 else { return nil }
        return stride(from: start, to: bytes.count, by: 4).map {
          Float(
            bitPattern: UInt32(
              littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
        }
      }
      switch bytes.first {
      case 1:
        guard let values = values(from: 9), values.allSatisfy(\.isFinite) else { return nil }
        let known = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 1, as: UInt64.self))
        return TraceLikeness(known: known, values: values).map { .traces($0) }
      case 2:
        guard let values = values(from: 1), values.allSatisfy(\.isFinite) else { return nil }
        return InkLikeness(values: values).map { .ink($0) }
      default: return nil
      }
    }
    guard let found else { return nil }
    self = found
  }
}
