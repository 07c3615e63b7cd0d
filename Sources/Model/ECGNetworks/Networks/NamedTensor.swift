// One parameter or buffer of a network, as files and networks exchange it.

/// Numbers with PyTorch's name and layout: OIHW for a convolution, [out][in] for a dense layer.
///
/// Buffers are tensors too: `running_mean`, `running_var`, and `num_batches_tracked`, whose count
/// is held as a `Float` with the shape `[]` of a scalar.
public struct NamedTensor: Equatable, Sendable {
  /// The full name, parts joined by dots, for example `spatial.layer1.0.conv1.weight`.
  public let name: String
  /// The extent of each axis, the slowest first; empty for a scalar.
  public let shape: [Int]
  /// The numbers in row-major order.
  public let values: [Float]

  /// A tensor; `values` must fill `shape` exactly.
  public init(name: String, shape: [Int], values: [Float]) {
    precondition(
      values.count == shape.reduce(1, *), "\(name): \(values.count) values for shape \(shape)")
    self.name = name
    self.shape = shape
    self.values = values
  }
}

/// A tensor whose numbers are read where they lie, when they are asked for.
///
/// A checkpoint so takes the memory of one tensor, not of all.
public struct LiveTensor {
  /// The full name, as ``NamedTensor/name``.
  public let name: String
  /// The extent of each axis, as ``NamedTensor/shape``.
  public let shape: [Int]
  /// The numbers as they are now, in row-major order.
  public let values: () -> [Float]

  /// A tensor from its reader, which must give as many numbers as `shape` holds.
  public init(name: String, shape: [Int], values: @escaping () -> [Float]) {
    self.name = name
    self.shape = shape
    self.values = values
  }

  /// A tensor that has its numbers already.
  public init(_ tensor: NamedTensor) {
    self.init(name: tensor.name, shape: tensor.shape) { tensor.values }
  }
}

extension NamedTensor {
  /// A tensor's numbers as they are now.
  public init(_ live: LiveTensor) {
    self.init(name: live.name, shape: live.shape, values: live.values())
  }
}
