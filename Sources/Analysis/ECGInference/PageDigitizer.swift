// Digitizes page files: leads in millivolts, and what is measured on them.

import ECGFiles
import ECGLayouts
import ECGMeasures
import ECGRaster
import ECGTraces

/// A digitized page file.
public struct DigitizedPage: Sendable {
  /// The file's path.
  public let path: String
  /// The SHA-256 of the file's bytes.
  public let digest: SHA256Digest
  /// The decoded page.
  public let image: Image
  /// The layout, its place on the page, the leads and their problems.
  public let reading: PageReading
  /// The beats and the measures of the recording.
  public let measured: MeasuredRecording

  /// The measures, with the quality of each lead's digitization in 0...1.
  public var measures: Measures {
    var measures = measured.measures
    for lead in reading.leads {
      if let name = lead.lead {
        measures.leads[name, default: LeadMeasures()].quality = lead.quality
      }
    }
    return measures
  }
}

/// Digitizes page files.
public struct PageDigitizer: Sendable {
  /// The paper speed of the pages; `nil` to find it on each page.
  public let speed: PaperSpeed?
  /// Larger pages are refused before they are decoded, in millions of pixels.
  public let maximumMegapixels: Double

  /// A digitizer.
  public init(
    speed: PaperSpeed? = nil, maximumMegapixels: Double = Image.defaultMaximumMegapixels
  ) {
    (self.speed, self.maximumMegapixels) = (speed, maximumMegapixels)
  }

  /// Digitizes a page.
  ///
  /// - Parameter path: A JPEG or PNG file.
  /// - Throws: `FileError`, `ImageError`; `ReadingError` for a page whose leads cannot be read.
  public func digitize(_ path: String) throws -> DigitizedPage {
    let digest = try SHA256Digest.of(file: path)
    let image = try Image(contentsOf: path, maximumMegapixels: maximumMegapixels)
    let reading = try readPage(image, path: path, speed: speed)
    return DigitizedPage(
      path: path, digest: digest, image: image, reading: reading,
      measured: MeasuredRecording(reading.recording))
  }
}
