// The sizes of a two-dimensional convolution and the layout of its weights.

/// The sizes of a convolution with square kernel, equal strides and zero padding.
public struct ConvolutionGeometry: Equatable, Sendable {
  /// Input channels, output channels.
  public var c, k: Int
  /// Rows and columns of the input.
  public var h, w: Int
  /// Side of the kernel, step, and rows and columns of zeros around the input.
  public var kernel, stride, padding: Int

  /// A convolution of a `c` x `h` x `w` image to `k` channels.
  public init(c: Int, k: Int, h: Int, w: Int, kernel: Int, stride: Int = 1, padding: Int = 0) {
    (self.c, self.k, self.h, self.w) = (c, k, h, w)
    (self.kernel, self.stride, self.padding) = (kernel, stride, padding)
    precondition(h + 2 * padding >= kernel && w + 2 * padding >= kernel, "kernel outgrows input")
  }

  /// Rows of the output.
  public var outputRows: Int { (h + 2 * padding - kernel) / stride + 1 }
  /// Columns of the output.
  public var outputColumns: Int { (w + 2 * padding - kernel) / stride + 1 }
  /// Kernel positions.
  public var taps: Int { kernel * kernel }
  /// Blocks of sixteen input channels.
  public var inputBlocks: Int { (c + 15) / 16 }
  /// Blocks of sixteen output channels.
  public var outputBlocks: Int { (k + 15) / 16 }
  /// Panels of thirty-two output channels, the unit of the weights' layout.
  public var panels: Int { (k + 31) / 32 }
  /// Floats of a block of weights: one kernel position, sixteen input by thirty-two output channels.
  static let blockFloats = 16 * 32
  /// Floats of the weights in the layout [K/32][C/16][tap][16][32].
  public var weightCount: Int { panels * inputBlocks * taps * Self.blockFloats }
  /// Multiplications and additions for one image, two for each pair.
  public var flops: Int { 2 * k * c * taps * outputRows * outputColumns }

  /// Where weight (output `o`, input `i`, `tap`) lies in [K/32][C/16][tap][16][32].
  @inline(__always)
  public func weightIndex(_ o: Int, _ i: Int, _ tap: Int) -> Int {
    (((o / 32 * inputBlocks + i / 16) * taps + tap) * 16 + i % 16) * 32 + o % 32
  }
}

/// What happens to a convolution's sums before they are stored.
///
/// y = activation(sum + bias + residual).
public struct Epilogue {
  /// One value an output channel, padded to whole panels, or `nil`.
  public var bias: UnsafePointer<Float>?
  /// Added before the activation, in the output's layout; the output itself accumulates.
  public var residual: UnsafePointer<Float>?
  /// The factor for negative values: 1 leaves them, 0 is ReLU.
  public var slope: Float

  /// An epilogue; by default sums are stored as they are.
  public init(
    bias: UnsafePointer<Float>? = nil, residual: UnsafePointer<Float>? = nil, slope: Float = 1
  ) {
    (self.bias, self.residual, self.slope) = (bias, residual, slope)
  }

  /// Whether sums are stored as they are.
  var isPlain: Bool { bias == nil && residual == nil && slope == 1 }
}
