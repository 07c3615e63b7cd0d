// A linear layer from a whole image to sixteen features.

import ECGParallel

/// y[n][16] = x[n][width] w + bias with w as [width][16]; no input gradient.
public struct WideLinear: Sendable {
  /// Inputs of an image.
  public let width: Int
  private let parts = 32
  private let segment = 2048

  /// Plans the layer for `width` inputs.
  public init(width: Int) { self.width = width }

  /// Floats of the memory shared by all workers.
  public func sharedFloats(images: Int) -> Int { parts * images * 16 }

  /// The width in fixed parts, each summed in order, the parts joined in order.
  public func forward(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, images: Int, pool: WorkerPool,
    shared: UnsafeMutablePointer<Float>
  ) {
    let each = (width + parts - 1) / parts
    nonisolated(unsafe) let (x, weights, shared) = (x, weights, shared)
    pool.run(parts) { part, _ in
      let range = min(width, part * each)..<min(width, (part + 1) * each)
      let u = UnsafeRawPointer(weights)
      let sums = UnsafeMutableRawPointer(shared + part * images * 16)
      var image = 0
      while image + 8 <= images {
        var a: InlineArray<8, Vector> = zeros()
        let first = x + image * width
        for j in range {
          let w = load(u, j &* 64)
          for r in 0..<8 { a[r] = multiplyAdd(a[r], w, first[r &* width &+ j]) }
        }
        for r in 0..<8 { store(sums, (image &+ r) &* 64, a[r]) }
        image += 8
      }
      while image < images {
        var a = Vector(repeating: 0)
        let first = x + image * width
        for j in range { a = multiplyAdd(a, load(u, j &* 64), first[j]) }
        store(sums, image * 64, a)
        image += 1
      }
    }
    for image in 0..<images {
      var sum = load(UnsafeRawPointer(bias), 0)
      for part in 0..<parts {
        sum += load(UnsafeRawPointer(shared + (part * images + image) * 16), 0)
      }
      store(UnsafeMutableRawPointer(y + image * 16), 0, sum)
    }
  }

  /// dw[width][16] = sum over images, in order, of x[n][width] dy[n][16].
  public func weightGradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    images: Int, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (x, dy, dw) = (x, dy, dw)
    pool.run((width + segment - 1) / segment) { task, _ in
      let end = min(width, (task + 1) * segment)
      var j = task * segment
      while j + 8 <= end {
        var a: InlineArray<8, Vector> = zeros()
        for image in 0..<images {
          let d = load(UnsafeRawPointer(dy), image &* 64)
          let row = x + (image &* width &+ j)
          for r in 0..<8 { a[r] = multiplyAdd(a[r], d, row[r]) }
        }
        for r in 0..<8 { store(UnsafeMutableRawPointer(dw), (j &+ r) &* 64, a[r]) }
        j += 8
      }
      while j < end {
        var a = Vector(repeating: 0)
        for image in 0..<images {
          a = multiplyAdd(a, load(UnsafeRawPointer(dy), image &* 64), x[image &* width &+ j])
        }
        store(UnsafeMutableRawPointer(dw), j &* 64, a)
        j += 1
      }
    }
  }
}
