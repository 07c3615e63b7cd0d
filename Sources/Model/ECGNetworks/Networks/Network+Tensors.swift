// A network's numbers as named tensors, out and in.

import ECGTensors

extension Network {
  /// Every parameter and buffer in the order of the layers' parameters, then the statistics.
  public func tensors() -> [NamedTensor] { liveTensors().map { NamedTensor($0) } }

  /// ``tensors()``, each read when it is asked for.
  public func liveTensors() -> [LiveTensor] {
    parameters.map { $0.live($0.name, in: weights) } + liveStatistics()
  }

  /// The normalizations' running statistics and counts: all that is not learned.
  public func statistics() -> [NamedTensor] { liveStatistics().map { NamedTensor($0) } }

  private func liveStatistics() -> [LiveTensor] {
    normalizations.enumerated().flatMap { index, normalization in
      let c = normalization.c
      func values(at offset: Int) -> [Float] {
        Array(UnsafeBufferPointer(start: running.pointer + offset, count: c))
      }
      return [
        LiveTensor(name: "\(normalization.name).running_mean", shape: [c]) {
          values(at: normalization.offset)
        },
        LiveTensor(name: "\(normalization.name).running_var", shape: [c]) {
          values(at: normalization.offset + c)
        },
        LiveTensor(name: "\(normalization.name).num_batches_tracked", shape: []) {
          [Float(self.batchesTracked[index])]
        },
      ]
    }
  }

  /// Takes every parameter and buffer; the network is unchanged when it throws.
  ///
  /// - Throws: ``NetworkError`` for a tensor that is missing, unknown or of another shape.
  public func load(_ tensors: [NamedTensor]) throws(NetworkError) {
    try store(tensors, where: { _ in true }, ignoringUnknown: false)
  }

  /// Takes the trunk's tensors alone, names beginning with `spatial.`.
  public func loadTrunk(_ tensors: [NamedTensor]) throws(NetworkError) {
    try store(tensors, where: { $0.hasPrefix("spatial.") }, ignoringUnknown: true)
  }

  /// Takes what ``statistics()`` gave and leaves what is learned.
  public func loadStatistics(_ tensors: [NamedTensor]) throws(NetworkError) {
    let names = Set(tensors.map(\.name))
    try store(tensors, where: names.contains, ignoringUnknown: false)
  }

  private func store(
    _ tensors: [NamedTensor], where isWanted: (String) -> Bool, ignoringUnknown: Bool
  ) throws(NetworkError) {
    var given: [String: NamedTensor] = [:]
    for tensor in tensors { given[tensor.name] = tensor }
    var taken: Set<String> = []
    func take(_ name: String, _ shape: [Int]) throws(NetworkError) -> [Float]? {
      guard isWanted(name) else { return nil }
      guard let tensor = given[name] else {
        // A file may leave the count of batches out; nothing here depends on it.
        if name.hasSuffix("num_batches_tracked") { return nil }
        throw .missingTensor(name: name)
      }
      guard tensor.shape == shape || (shape.isEmpty && tensor.shape == [1]) else {
        throw .wrongShape(name: name, expected: shape, found: tensor.shape)
      }
      taken.insert(name)
      return tensor.values
    }
    var changes: [() -> Void] = []
    for parameter in parameters {
      guard let values = try take(parameter.name, parameter.shape) else { continue }
      changes.append { parameter.write(values, to: self.weights.pointer) }
    }
    for (index, normalization) in normalizations.enumerated() {
      let start = running.pointer + normalization.offset
      let c = normalization.c
      if let mean = try take("\(normalization.name).running_mean", [c]) {
        changes.append { for i in 0..<c { start[i] = mean[i] } }
      }
      if let variance = try take("\(normalization.name).running_var", [c]) {
        changes.append { for i in 0..<c { start[c + i] = variance[i] } }
      }
      if let count = try take("\(normalization.name).num_batches_tracked", [])?.first {
        changes.append { self.batchesTracked[index] = Int(count) }
      }
    }
    if !ignoringUnknown, let unknown = tensors.first(where: { !taken.contains($0.name) }) {
      throw .unknownTensor(name: unknown.name)
    }
    for change in changes { change() }
    markChanged()
  }

  /// Adam's moments: `NAME.exp_avg` and `NAME.exp_avg_sq` for each parameter; empty before a step.
  public func momentTensors() -> [NamedTensor] { liveMomentTensors().map { NamedTensor($0) } }

  /// ``momentTensors()``, each read when it is asked for.
  public func liveMomentTensors() -> [LiveTensor] {
    guard let moments else { return [] }
    return parameters.flatMap {
      [
        $0.live("\($0.name).exp_avg", in: moments.first),
        $0.live("\($0.name).exp_avg_sq", in: moments.second),
      ]
    }
  }

  /// Takes what ``momentTensors()`` gave; nothing given means zero.
  public func loadMoments(_ tensors: [NamedTensor]) throws(NetworkError) {
    if tensors.isEmpty {
      resetMoments()
      return
    }
    let moments = makeMoments()
    var given: [String: NamedTensor] = [:]
    for tensor in tensors { given[tensor.name] = tensor }
    for parameter in parameters {
      for (suffix, buffer) in [("exp_avg", moments.first), ("exp_avg_sq", moments.second)] {
        let name = "\(parameter.name).\(suffix)"
        guard let tensor = given[name] else { throw .missingTensor(name: name) }
        guard tensor.shape == parameter.shape else {
          throw .wrongShape(name: name, expected: parameter.shape, found: tensor.shape)
        }
        parameter.write(tensor.values, to: buffer.pointer)
      }
    }
  }
}
