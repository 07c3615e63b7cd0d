// Similarity of pages by their traces and their ink.

import ECGRaster
import ECGRecordings
import ECGTraces
import Foundation

/// The similarity of a page.
///
/// Pages whose traces are known are compared by them; a page whose traces cannot be read from the page
/// as it is (small, turned, cut, stretched) is compared by its ink too, with all pages.
public struct PageLikeness: Equatable, Sendable {
  /// Of what can be read of its traces.
  public let traces: TraceLikeness?
  /// Of its ink; `nil` for a page without ink and for a recording that comes from no page.
  public let picture: PagePicture?
  /// Whether the traces were read from the page as it is: whole, upright, flat and of a known layout.
  public let isWhole: Bool
  /// Whether the page is known to be sheared, curled or in perspective, so that its copies may not be
  /// found.
  public let isDistorted: Bool

  /// Pages at least so similar show one ECG.
  ///
  /// Measured on the 393 distinct open pages of the public set, all 77,028 pairs: at most 0.45
  /// between different ECGs, 0.61 between altered copies of them (re-encoded, scaled to
  /// 25...200 %, turned, cropped, brighter, noisy, and mixtures); 0.94 and more between the 30,451
  /// pairs that show one ECG. Synthetic ECGs, which are more regular, reach 0.87 in 32 million pairs
  /// of 8,000 pages. Similarities of ink are scaled so that the bound is the same: see ``InkCopies``.
  public static let copy = 0.9

  /// The similarity of what was read on a page as it is, or of a recording; `nil` where too little was
  /// read and there is no picture.
  public init?(_ recording: Recording, picture: PagePicture? = nil) {
    self.init(traces: TraceLikeness(recording), picture: picture, isWhole: true)
  }

  /// The similarity of a page that may be small, turned, cut or of an unknown layout; `nil` for a page
  /// without ink.
  ///
  /// - Parameters:
  ///   - page: The page.
  ///   - path: What an error would name.
  public init?(_ page: Image, path: String) {
    let read = ComparableReading(page, path: path)
    self.init(
      traces: read.flatMap { TraceLikeness($0.recording) }, picture: PagePicture(page),
      isWhole: read?.isWhole ?? false, isDistorted: read?.isDistorted ?? false)
  }

  init?(
    traces: TraceLikeness?, picture: PagePicture?, isWhole: Bool, isDistorted: Bool = false
  ) {
    guard traces != nil || picture != nil else { return nil }
    (self.traces, self.picture) = (traces, picture)
    self.isDistorted = isDistorted
    self.isWhole = isWhole && traces != nil
  }
}

extension PageLikeness {
  /// The similarity as bytes.
  ///
  /// 1 for a whole page, 2 for a distorted one, else 0; the number of the picture's bytes as 32 bits; the picture; for traces the known quarters, then the values as float32. All little-endian.
  public var data: Data {
    let ink = picture?.data ?? Data()
    var data = Data([isWhole ? 1 : isDistorted ? 2 : 0])
    withUnsafeBytes(of: UInt32(ink.count).littleEndian) { data.append(contentsOf: $0) }
    data += ink
    if let traces {
      withUnsafeBytes(of: traces.known.littleEndian) { data.append(contentsOf: $0) }
      for value in traces.values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
      }
    }
    return data
  }

  /// A similarity from its bytes; `nil` for others.
  public init?(data: Data) {
    let found = data.withUnsafeBytes { bytes -> PageLikeness? in
      guard bytes.count >= 5, bytes[0] <= 2 else { return nil }
      let count = Int(
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self)))
      guard 5 + count <= bytes.count else { return nil }
      let picture = PagePicture(data: Data(bytes[5..<5 + count]))
      guard picture != nil || count == 0 else { return nil }
      let rest = UnsafeRawBufferPointer(rebasing: bytes[(5 + count)...])
      var traces: TraceLikeness?
      if !rest.isEmpty {
        guard rest.count >= 8, rest.count % 4 == 0 else { return nil }
        let values = stride(from: 8, to: rest.count, by: 4).map {
          Float(
            bitPattern: UInt32(
              littleEndian: rest.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
        }
        traces = TraceLikeness(
          known: UInt64(littleEndian: rest.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
          values: values)
        guard traces != nil, values.allSatisfy(\.isFinite) else { return nil }
      }
      guard bytes[0] != 1 || traces != nil else { return nil }
      return PageLikeness(
        traces: traces, picture: picture, isWhole: bytes[0] == 1,
        isDistorted: bytes[0] == 2)
    }
    guard let found else { return nil }
    self = found
  }
}
