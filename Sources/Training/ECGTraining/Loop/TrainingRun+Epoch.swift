// One epoch: its steps, its evaluation, its files.

import ECGDatasets
import ECGNetworks
import ECGWeights

extension TrainingRun {
  /// Takes the epoch's steps and returns its record without inner and test figures.
  func trainEpoch(_ epoch: Int, _ engine: TrainingEngine, _ clock: Clock) throws -> EpochRecord {
    let samples = plan.samples(epoch: epoch, draws: settings.draws)
    let sizes = batchSizes(images: samples.count, batch: recipe.batch)
    var rates = recipe.rates(step: 1, stepsPerEpoch: sizes.count)
    var images = 0
    var lossSum = 0.0
    var correct = 0
    clock.begin(.training, epoch: epoch, steps: sizes.count)
    for (index, size) in sizes.enumerated() {
      try clock.checkStop(epoch: epoch)
      let step = (epoch - 1) * sizes.count + index + 1
      rates = recipe.rates(step: step, stepsPerEpoch: sizes.count)
      if rates.stepOfPhase == 1 { network.resetMoments() }
      let batch = samples[images..<images + size]
      input.fill(batch, into: engine.input, pool: pool)
      let result = engine.step(
        labels: batch.map(\.label.index),
        loss: LossSettings(labelSmoothing: recipe.labelSmoothing),
        dropout: DropoutKey(seed: settings.seed, step: UInt64(step)),
        update: AdamSettings(
          trunkRate: rates.trunk, restRate: rates.rest, weightDecay: recipe.weightDecay,
          step: rates.stepOfPhase))
      guard result.lossSum.isFinite else {
        throw TrainingError.diverged(path: run.folder.path, epoch: epoch, step: index + 1)
      }
      if let decay = recipe.averageDecay(step: step) {
        average?.update(from: network, decay: decay, pool: pool)
      }
      images += size
      lossSum += result.lossSum
      correct += result.correct
      clock.tick(images: images, runningLoss: lossSum / Double(images))
    }
    let seconds = clock.stageSeconds
    return EpochRecord(
      epoch: epoch, trainLoss: lossSum / Double(images),
      trainAccuracy: Double(correct) / Double(images), learningRates: rates.list, images: images,
      seconds: seconds, imagesPerSecond: Double(images) / max(seconds, 1e-9))
  }

  /// Evaluates the weights that the recipe reports and writes the epoch's files; returns what they
  /// make of the test set.
  func finishEpoch(
    _ trained: EpochRecord, _ engine: TrainingEngine, _ evaluation: Evaluation, _ clock: Clock
  ) throws -> EvaluatedItems {
    var record = trained
    let statistics = network.statistics()
    average?.exchange(with: network)
    if recipe.statisticsImages > 0 { try refreshStatistics(epoch: record.epoch, engine, clock) }
    if !inner.isEmpty {
      let table = try evaluated(.inner, inner, evaluation, epoch: record.epoch, clock).predictions
      (record.innerLoss, record.innerAccuracy) = (table.loss, table.accuracy)
    }
    let tested = try evaluated(.test, test, evaluation, epoch: record.epoch, clock)
    (record.testLoss, record.testAccuracy) = (
      tested.predictions.loss, tested.predictions.accuracy
    )
    try keep(record)
    average?.exchange(with: network)
    try network.loadStatistics(statistics)
    let finished = record.epoch == recipe.epochs
    try TrainingState.save(
      epoch: record.epoch, best: best, tensors: finished ? nil : stateTensors(), to: run.folder)
    return tested
  }

  /// Writes the reported weights and the history.
  private func keep(_ record: EpochRecord) throws {
    let tensors = network.liveTensors()
    let metadata = try checkpointMetadata(epoch: record.epoch)
    if let accuracy = record.innerAccuracy, let loss = record.innerLoss {
      let candidate = BestEpoch(epoch: record.epoch, accuracy: accuracy, loss: loss)
      if candidate.beats(best) {
        best = candidate
        try Safetensors.write(tensors, metadata: metadata, to: run.folder.weights(.best))
      }
    }
    try Safetensors.write(tensors, metadata: metadata, to: run.folder.weights(.last))
    history.epochs.append(record)
    try history.write(to: run.folder.history)
  }

  /// The training images that BatchNorm's statistics are recomputed on: the epoch's first draws, as
  /// an evaluation would see them.
  ///
  /// So without the draw's own augmentation. Turning a page resamples it, which softens its thin
  /// traces; statistics of softened pages are not those of pages as they are, and cost a short
  /// training a third of its accuracy. A copy of the article's protocol keeps the change that makes it
  /// a sample, as test copies do.
  func statisticsSamples(epoch: Int) -> [Sample] {
    let draws = plan.samples(epoch: epoch, draws: settings.draws)
      .prefix(max(2, recipe.statisticsImages))
    if record.protocol == .paper { return Array(draws) }
    return draws.map { Sample(cacheIndex: $0.cacheIndex, label: $0.label) }
  }

  /// Recomputes BatchNorm's statistics as plain means over batches of one size.
  private func refreshStatistics(epoch: Int, _ engine: TrainingEngine, _ clock: Clock) throws {
    let samples = statisticsSamples(epoch: epoch)
    let size = min(recipe.batch, samples.count)
    let batches = samples.count / size
    clock.begin(.statistics, epoch: epoch, steps: batches)
    for index in 0..<batches {
      try clock.checkStop(epoch: epoch)
      let batch = samples[index * size..<(index + 1) * size]
      input.fill(batch, into: engine.input, pool: pool)
      engine.refreshStatistics(images: size, momentum: 1 / Double(index + 1))
      clock.tick(images: (index + 1) * size)
    }
  }

  func evaluated(
    _ stage: TrainingStage, _ items: [EvaluationItem], _ evaluation: Evaluation, epoch: Int,
    _ clock: Clock
  ) throws -> EvaluatedItems {
    clock.begin(stage, epoch: epoch, steps: evaluation.batches(items.count))
    return try evaluation.predictions(for: items, input: input) { images in
      clock.tick(images: images)
      try clock.checkStop(epoch: stage == .pages ? epoch + 1 : epoch)
    }
  }
}
