// From a run folder to its report on disk.

import ECGParallel
import ECGReports
import ECGTraining

extension ReadingOptions {
  /// Looks at a run again with its data, from where they lie now.
  func analysis(of run: FinishedRun, data: String?, pool: WorkerPool, voice: Voice) throws
    -> RunAnalysis
  {
    let (dataset, cache) = try prepared(
      data ?? run.record.data, groups: run.record.settings.groups,
      preprocessing: run.record.settings.preprocessing, pool: pool, voice: voice)
    voice.progress.line("predicting the test part, silencing branches, drawing maps")
    return try RunAnalysis(
      run, dataset: dataset, cache: cache, maximumMegapixels: maxMegapixels, pool: pool)
  }
}

extension ReportContent {
  /// Writes the PDF, and every figure as PDF, SVG and CSV.
  func write(to path: String, figures: String) throws {
    let report = try Report(self)
    try report.writeFigures(to: figures)
    try writeReport(self, to: path)
  }
}
