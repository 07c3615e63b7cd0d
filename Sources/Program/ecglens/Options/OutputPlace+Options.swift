// The places of a training's results and of the cache.

import ECGFiles
import ECGOutputs
import ECGTraining

extension ReadingOptions {
  /// Refuses a folder for decoded pages in the data.
  ///
  /// - Throws: ``OutputError``.
  func checkCache(outside data: String) throws(OutputError) {
    if let cache { try OutputPlace(cache, flag: TrainingSetting.cache.flag).check(outside: [data]) }
  }
}

extension TrainingOptions {
  /// Refuses a folder for results that is an input, holds one or lies in one, or cannot be made.
  ///
  /// - Parameters:
  ///   - out: The folder.
  ///   - data: The folder of the data.
  ///   - splitFile: The split file, where one is given.
  /// - Throws: ``OutputError``, `FileError.notWritable`.
  func checkPlaces(out: String, data: String, splitFile: String? = nil) throws {
    let place = OutputPlace(out)
    try place.check(apartFrom: [data, splitFile, trunk.weights, split.groups, reading.cache])
    try place.checkFolder()
    try reading.checkCache(outside: data)
  }
}

extension OutputPlace {
  /// The place that `--out` names.
  init(_ path: String) { self.init(path, flag: "--out") }
}

extension ReportPlace {
  /// The place that `--out` names.
  init(_ path: String) { self.init(path, flag: "--out") }
}
