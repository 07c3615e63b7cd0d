// A run looked at again for its report.

import ECGParallel
import ECGReports
import ECGRunReports
import ECGTraining
import Foundation

extension ReadingOptions {
  /// Looks at a run again with its data, from where they lie now.
  func analysis(of run: FinishedRun, data: String?, pool: WorkerPool, voice: Voice) throws
    -> RunAnalysis
  {
    let (dataset, pages) = try prepared(
      data ?? run.record.data, classFolders: run.split().classFolders,
      for: run.record.settings, readingTraces: true, pool: pool, voice: voice)
    let beats = try baselines(of: dataset, pages, pool: pool, voice: voice)
    voice.progress.line("predicting the test set, ablating branches, drawing maps")
    let analysis = try RunAnalysis(
      run, dataset: dataset, pages: pages, beats: beats, maximumMegapixels: maxMegapixels,
      pool: pool)
    try voice.check(analysis)
    return analysis
  }
}

extension Voice {
  /// Warns where the network's answers are not those that training wrote down.
  func check(_ analysis: RunAnalysis) throws {
    let run = analysis.run
    // Predictions are written at the training's end.
    guard try run.epochs().isWhole, try run.writtenPredictions() != analysis.predictions else {
      return
    }
    warn(
      "\(run.folder.path): the predictions differ from predictions.csv, which another "
        + "build wrote (\(run.record.instructionSet)); the report has those of this build"
    )
  }
}
