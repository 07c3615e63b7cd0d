// The first convolution: 7x7, stride 2, padding 3, from planes to 64 channels.

import ECGParallel
import Foundation

/// ResNet's stem: three plain planes in, 64 blocked channels out, no input gradient.
///
/// Weights are [3 * 7 * 7][64]. Six pixels by sixty-four outputs at a time; a row's last block
/// ends at the edge, so that some pixels are made twice, to the same bits.
public struct StemConvolution: Sendable {
  /// Rows and columns of the input.
  public let h, w: Int
  /// Rows and columns of the output.
  public let outputRows, outputColumns: Int
  private let bandRows = 6
  private let chunks = 16

  /// Plans the stem for `h` x `w` images; the output needs at least six columns.
  public init(h: Int, w: Int) {
    (self.h, self.w) = (h, w)
    outputRows = (h - 1) / 2 + 1
    outputColumns = (w - 1) / 2 + 1
    precondition(outputColumns >= 6, "a stem for images \(w) wide")
  }

  /// Floats of the weights, [147][64].
  public static let weightCount = 147 * 64
  /// Multiplications and additions for one image.
  public var flops: Int { 2 * 147 * 64 * outputRows * outputColumns }
  /// Floats of scratch memory a worker needs.
  public var scratchFloats: Int { 3 * slabRows * slabColumns }
  /// Floats of the memory shared by all workers, for the weight gradient.
  public var sharedFloats: Int { chunks * Self.weightCount }

  private var slabRows: Int { (bandRows - 1) * 2 + 7 }
  private var slabColumns: Int { (2 * outputColumns + 5 + 15) / 16 * 16 }
  private var bands: Int { (outputRows + bandRows - 1) / bandRows }

  /// A band's input rows with their zeros: [channel][row][column].
  @inline(__always)
  private func copySlab(
    _ x: UnsafePointer<Float>, image: Int, firstRow: Int, into slab: UnsafeMutableRawPointer
  ) {
    for channel in 0..<3 {
      for index in 0..<slabRows {
        let target = slab + (channel * slabRows + index) * slabColumns * 4
        memset(target, 0, slabColumns * 4)
        let row = firstRow * 2 + index - 3
        if row >= 0, row < h {
          memcpy(target + 12, x + ((image * 3 + channel) * h + row) * w, w * 4)
        }
      }
    }
  }

  /// y = x * w.
  ///
  /// - Parameters:
  ///   - x: (images, 3, H, W), planes.
  ///   - weights: [147][64].
  ///   - y: (images, 64, OH, OW), blocked.
  public func forward(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    images: Int, epilogue: Epilogue = Epilogue(), pool: WorkerPool, scratch: Scratch
  ) {
    nonisolated(unsafe) let (x, weights, y, epilogue) = (x, weights, y, epilogue)
    let plane = outputRows * outputColumns * 64
    pool.run(images * bands) { task, worker in
      let (image, band) = (task / bands, task % bands)
      let slab = scratch[worker]
      copySlab(x, image: image, firstRow: band * bandRows, into: slab)
      for row in band * bandRows..<min(outputRows, (band + 1) * bandRows) {
        let line = UnsafeMutableRawPointer(y + (image * 4 * outputRows + row) * outputColumns * 16)
        var column = 0
        while true {
          let at = min(column, outputColumns - 6)
          stemProduct(
            slab + ((row - band * bandRows) * 2 * slabColumns + at * 2) * 4,
            row: slabColumns * 4, channel: slabRows * slabColumns * 4, weights, line + at * 64,
            plane: plane)
          column += 6
          if column >= outputColumns { break }
        }
        if !epilogue.isPlain {
          let slope = Vector(repeating: epilogue.slope)
          for block in 0..<4 {
            let bias =
              epilogue.bias.map { load(UnsafeRawPointer($0), block * 64) } ?? Vector(repeating: 0)
            for at in 0..<outputColumns {
              store(
                line, block &* plane &+ at &* 64,
                leaky(load(line, block &* plane &+ at &* 64) + bias, slope))
            }
          }
        }
      }
    }
  }

  /// dw[147][64]: fixed chunks of images with sums of their own, joined in order.
  public func weightGradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    images: Int, pool: WorkerPool, scratch: Scratch, shared: UnsafeMutablePointer<Float>
  ) {
    nonisolated(unsafe) let (x, dy, dw, shared) = (x, dy, dw, shared)
    let each = (images + chunks - 1) / chunks
    let plane = outputRows * outputColumns * 64
    pool.run(chunks) { chunk, worker in
      let sums = UnsafeMutableRawPointer(shared + chunk * Self.weightCount)
      memset(sums, 0, Self.weightCount * 4)
      let slab = scratch[worker]
      for image in min(images, chunk * each)..<min(images, (chunk + 1) * each) {
        for band in 0..<bands {
          copySlab(x, image: image, firstRow: band * bandRows, into: slab)
          for row in band * bandRows..<min(outputRows, (band + 1) * bandRows) {
            let line = UnsafeRawPointer(dy + (image * 4 * outputRows + row) * outputColumns * 16)
            for tapRow in 0..<21 {
              let source =
                slab
                + ((tapRow / 7 * slabRows + tapRow % 7 + (row - band * bandRows) * 2)
                  * slabColumns) * 4
              stemOuterProduct(
                source, line, plane: plane, steps: outputColumns, sums + tapRow * 7 * 256)
            }
          }
        }
      }
    }
    for index in 0..<Self.weightCount {
      var sum: Float = 0
      for chunk in 0..<chunks { sum += shared[chunk * Self.weightCount + index] }
      dw[index] = sum
    }
  }
}

/// Six pixels, every second input column, by 64 outputs in four planes.
@inline(never)
private func stemProduct(
  _ x: UnsafeRawPointer, row: Int, channel: Int, _ u: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer, plane: Int
) {
  var a: InlineArray<6, Vector> = zeros()
  var b = a
  var c = a
  var d = a
  var ub = u
  for tapRow in 0..<21 {
    var xc = x + tapRow / 7 * channel + tapRow % 7 * row
    for _ in 0..<7 {
      let u0 = load(ub, 0)
      let u1 = load(ub, 64)
      let u2 = load(ub, 128)
      let u3 = load(ub, 192)
      for r in 0..<6 {
        let v = broadcast(xc, r &* 8)
        a[r] = multiplyAdd(a[r], v, u0)
        b[r] = multiplyAdd(b[r], v, u1)
        c[r] = multiplyAdd(c[r], v, u2)
        d[r] = multiplyAdd(d[r], v, u3)
      }
      ub += 256
      xc += 4
    }
  }
  for r in 0..<6 { store(y, r &* 64, a[r]) }
  for r in 0..<6 { store(y, plane &+ r &* 64, b[r]) }
  for r in 0..<6 { store(y, 2 &* plane &+ r &* 64, c[r]) }
  for r in 0..<6 { store(y, 3 &* plane &+ r &* 64, d[r]) }
}

/// g[0..<7][0..<64] += sum over steps t of x[2 t + tap] y[t][0..<64].
@inline(never)
private func stemOuterProduct(
  _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, plane: Int, steps: Int,
  _ g: UnsafeMutableRawPointer
) {
  var a: InlineArray<7, Vector> = zeros()
  var b = a
  var c = a
  var d = a
  for r in 0..<7 { a[r] = load(g, r &* 256) }
  for r in 0..<7 { b[r] = load(g, r &* 256 &+ 64) }
  for r in 0..<7 { c[r] = load(g, r &* 256 &+ 128) }
  for r in 0..<7 { d[r] = load(g, r &* 256 &+ 192) }
  var xp = x
  var yp = y
  for _ in 0..<steps {
    let y0 = load(yp, 0)
    let y1 = load(yp, plane)
    let y2 = load(yp, 2 &* plane)
    let y3 = load(yp, 3 &* plane)
    for r in 0..<7 {
      let v = broadcast(xp, r &* 4)
      a[r] = multiplyAdd(a[r], v, y0)
      b[r] = multiplyAdd(b[r], v, y1)
    }
    for r in 0..<7 {
      let v = broadcast(xp, r &* 4)
      c[r] = multiplyAdd(c[r], v, y2)
      d[r] = multiplyAdd(d[r], v, y3)
    }
    xp += 8
    yp += 64
  }
  for r in 0..<7 { store(g, r &* 256, a[r]) }
  for r in 0..<7 { store(g, r &* 256 &+ 64, b[r]) }
  for r in 0..<7 { store(g, r &* 256 &+ 128, c[r]) }
  for r in 0..<7 { store(g, r &* 256 &+ 192, d[r]) }
}
