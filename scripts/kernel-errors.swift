// Relative distances of the convolutions' results from sums in double; run by scripts/kernel-errors.

import ECGParallel
import ECGRandom
import ECGTensors

let images = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 32
let pool = WorkerPool()

/// The three results of a convolution.
struct Results {
  var y: [Float]
  var dx: [Float]
  var dw: [Float]
}

/// Buffers that live as long as their trial: kernels are given pointers alone.
final class Memory {
  private var buffers: [FloatBuffer] = []

  func floats(_ count: Int) -> FloatBuffer {
    let buffer = FloatBuffer(count: count)
    buffers.append(buffer)
    return buffer
  }

  func scratch(_ floats: Int) -> Scratch {
    let scratch = Scratch(workers: pool.threads, floats: floats)
    scratches.append(scratch)
    return scratch
  }

  private var scratches: [Scratch] = []
}

/// A convolution's data, normal; weights by He's rule do not change relative distances.
struct Trial {
  let g: ConvolutionGeometry
  let x, weights, dy: [Float]
  let memory = Memory()

  init(_ g: ConvolutionGeometry) {
    self.g = g
    var random = Philox(seed: 1, for: .trial)
    func normals(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.normal()) } }
    x = normals(images * g.c * g.h * g.w)
    weights = normals(g.k * g.c * g.taps)
    dy = normals(images * g.k * g.outputRows * g.outputColumns)
  }

  var input: BlockedShape { BlockedShape(n: images, c: g.c, h: g.h, w: g.w) }
  var output: BlockedShape { BlockedShape(n: images, c: g.k, h: g.outputRows, w: g.outputColumns) }

  /// Sums over the taps that lie inside, for one place of the output at a time.
  private func eachPixel(_ body: (_ tap: Int, _ input: Int, _ output: Int) -> Void) {
    for row in 0..<g.outputRows {
      for tap in 0..<g.taps {
        let r = row * g.stride + tap / g.kernel - g.padding
        if r < 0 || r >= g.h { continue }
        for column in 0..<g.outputColumns {
          let q = column * g.stride + tap % g.kernel - g.padding
          if q < 0 || q >= g.w { continue }
          body(tap, r * g.w + q, row * g.outputColumns + column)
        }
      }
    }
  }

  /// The definition in double; a task owns an output channel, or an input channel for dx.
  func reference(hasInputGradient: Bool) -> (y: [Double], dx: [Double], dw: [Double]) {
    let (inArea, outArea) = (g.h * g.w, g.outputRows * g.outputColumns)
    let ofOutputs = pool.map(g.k) { k in
      var y = [Double](repeating: 0, count: images * outArea)
      var dw = [Double](repeating: 0, count: g.c * g.taps)
      for n in 0..<images {
        for c in 0..<g.c {
          let (xs, ys) = ((n * g.c + c) * inArea, (n * g.k + k) * outArea)
          eachPixel { tap, from, to in
            let value = Double(x[xs + from])
            y[n * outArea + to] += value * Double(weights[(k * g.c + c) * g.taps + tap])
            dw[c * g.taps + tap] += value * Double(dy[ys + to])
          }
        }
      }
      return (y: y, dw: dw)
    }
    let y = (0..<images).flatMap { n in
      ofOutputs.flatMap { $0.y[n * outArea..<(n + 1) * outArea] }
    }
    guard hasInputGradient else { return (y, [], ofOutputs.flatMap(\.dw)) }
    let ofInputs = pool.map(g.c) { c in
      var dx = [Double](repeating: 0, count: images * inArea)
      for n in 0..<images {
        for k in 0..<g.k {
          let ys = (n * g.k + k) * outArea
          eachPixel { tap, from, to in
            dx[n * inArea + from] +=
              Double(dy[ys + to]) * Double(weights[(k * g.c + c) * g.taps + tap])
          }
        }
      }
      return dx
    }
    let dx = (0..<images).flatMap { n in
      ofInputs.flatMap { $0[n * inArea..<(n + 1) * inArea] }
    }
    return (y, dx, ofOutputs.flatMap(\.dw))
  }

  // MARK: Layouts

  func packed(_ values: [Float], _ shape: BlockedShape) -> FloatBuffer {
    let buffer = memory.floats(shape.count)
    values.withUnsafeBufferPointer {
      if let start = $0.baseAddress { shape.pack(start, into: buffer.pointer) }
    }
    return buffer
  }

  func planes(_ buffer: FloatBuffer, _ shape: BlockedShape) -> [Float] {
    [Float](unsafeUninitializedCapacity: shape.n * shape.c * shape.area) { planes, count in
      count = shape.n * shape.c * shape.area
      if let start = planes.baseAddress { shape.unpack(buffer.pointer, into: start) }
    }
  }

  var arranged: FloatBuffer {
    let buffer = memory.floats(g.weightCount)
    for (index, value) in weights.enumerated() {
      let (o, rest) = (index / (g.c * g.taps), index % (g.c * g.taps))
      buffer.pointer[g.weightIndex(o, rest / g.taps, rest % g.taps)] = value
    }
    return buffer
  }

  func disarranged(_ buffer: FloatBuffer) -> [Float] {
    weights.indices.map { index in
      let (o, rest) = (index / (g.c * g.taps), index % (g.c * g.taps))
      return buffer.pointer[g.weightIndex(o, rest / g.taps, rest % g.taps)]
    }
  }

  /// The results of kernels that are given blocked data.
  func results(
    scratch floats: Int, shared: Int,
    _ run: (
      _ w: FloatBuffer, _ x: FloatBuffer, _ dy: FloatBuffer, _ y: FloatBuffer, _ dx: FloatBuffer,
      _ dw: FloatBuffer, _ scratch: Scratch, _ shared: FloatBuffer
    ) -> Void
  ) -> Results {
    let (y, dx) = (memory.floats(output.count), memory.floats(input.count))
    let dw = memory.floats(g.weightCount)
    run(
      arranged, packed(x, input), packed(dy, output), y, dx, dw,
      memory.scratch(floats), memory.floats(shared))
    return Results(y: planes(y, output), dx: planes(dx, input), dw: disarranged(dw))
  }

  // MARK: Methods

  func direct() -> Results {
    let plan = DirectConvolution(g)
    return results(scratch: plan.scratchFloats, shared: 0) { w, x, dy, y, dx, dw, scratch, _ in
      let back = memory.floats(plan.backwardWeightCount)
      plan.forward(
        x.pointer, weights: w.pointer, into: y.pointer, images: images, pool: pool,
        scratch: scratch)
      plan.arrangeBackward(w.pointer, into: back.pointer, pool: pool)
      plan.inputGradient(
        dy.pointer, arranged: back.pointer, into: dx.pointer, images: images, accumulates: false,
        pool: pool, scratch: scratch)
      plan.weightGradient(x.pointer, dy.pointer, into: dw.pointer, images: images, pool: pool)
    }
  }

  func strided() -> Results {
    let plan = StridedWinograd(c: g.c, k: g.k, h: g.h, w: g.w, images: images)
    return results(scratch: plan.scratchFloats, shared: plan.sharedFloats) {
      w, x, dy, y, dx, dw, scratch, shared in
      let u = memory.floats(plan.transformedCount)
      plan.transform(w.pointer, into: u.pointer, pool: pool)
      plan.forward(
        x.pointer, transformed: u.pointer, into: y.pointer, images: images, pool: pool,
        scratch: scratch)
      plan.transformReversed(w.pointer, into: u.pointer, pool: pool)
      plan.inputGradient(
        dy.pointer, transformed: u.pointer, into: dx.pointer, images: images, accumulates: false,
        pool: pool, scratch: scratch)
      plan.weightGradient(
        x.pointer, dy.pointer, into: dw.pointer, images: images, pool: pool, scratch: scratch,
        shared: shared.pointer)
    }
  }

  func winograd() -> Results {
    let forward = WinogradConvolution(c: g.c, k: g.k, h: g.h, w: g.w, images: images)
    let backward = WinogradConvolution(c: g.k, k: g.c, h: g.h, w: g.w, images: images)
    let gradient = WinogradWeightGradient(c: g.c, k: g.k, h: g.h, w: g.w, images: images)
    let floats = max(forward.scratchFloats, backward.scratchFloats, gradient.scratchFloats)
    let shared = max(
      forward.sharedFloats(images: images), backward.sharedFloats(images: images),
      gradient.sharedFloats)
    return results(scratch: floats, shared: shared) { w, x, dy, y, dx, dw, scratch, shared in
      let u = memory.floats(forward.transformedCount)
      forward.transform(w.pointer, into: u.pointer, pool: pool)
      forward.forward(
        x.pointer, weights: .transformed(u.pointer), into: y.pointer, images: images, pool: pool,
        scratch: scratch, shared: shared.pointer)
      let back = memory.floats(backward.transformedCount)
      backward.transformReversed(w.pointer, into: back.pointer, pool: pool)
      backward.forward(
        dy.pointer, weights: .transformed(back.pointer), into: dx.pointer, images: images,
        pool: pool, scratch: scratch, shared: shared.pointer)
      gradient.compute(
        x.pointer, dy.pointer, into: dw.pointer, images: images, pool: pool, scratch: scratch,
        shared: shared.pointer)
    }
  }

  /// The stem has no input gradient; its weights are [3 * 7 * 7][64].
  func stem() -> Results {
    let plan = StemConvolution(h: g.h, w: g.w)
    let scratch = memory.scratch(plan.scratchFloats)
    let (w, dw) = (
      memory.floats(StemConvolution.weightCount),
      memory.floats(StemConvolution.weightCount)
    )
    let rows = g.c * g.taps
    for (index, value) in weights.enumerated() {
      w.pointer[index % rows * g.k + index / rows] = value
    }
    let planes = memory.floats(x.count)
    for (index, value) in x.enumerated() { planes.pointer[index] = value }
    let u = memory.floats(StemConvolution.transformedCount)
    let y = memory.floats(output.count)
    let shared = memory.floats(plan.sharedFloats)
    plan.transform(w.pointer, into: u.pointer, pool: pool)
    plan.forward(
      planes.pointer, transformed: u.pointer, into: y.pointer, images: images, pool: pool,
      scratch: scratch)
    plan.weightGradient(
      planes.pointer, packed(dy, output).pointer, into: dw.pointer, images: images, pool: pool,
      scratch: scratch, shared: shared.pointer)
    return Results(
      y: self.planes(y, output), dx: [],
      dw: weights.indices.map { dw.pointer[$0 % rows * g.k + $0 / rows] })
  }
}

/// The Euclidean distance in units of 1e-6 of the norm.
func distance(_ found: [Float], _ expected: [Double]) -> String {
  var (difference, norm) = (0.0, 0.0)
  for (a, b) in zip(found, expected) {
    difference += (Double(a) - b) * (Double(a) - b)
    norm += b * b
  }
  let error = (difference / norm).squareRoot() * 1e6
  return found.isEmpty ? "-" : "\((error * 100).rounded() / 100)"
}

func report(
  _ name: String, _ g: ConvolutionGeometry, _ methods: [(String, (Trial) -> Results)]
) {
  let trial = Trial(g)
  let expected = trial.reference(hasInputGradient: g.c > 3)
  for (method, run) in methods {
    let found = withExtendedLifetime(trial.memory) { run(trial) }
    print(
      [
        name, method, distance(found.y, expected.y), distance(found.dx, expected.dx),
        distance(found.dw, expected.dw),
      ].joined(separator: "\t"))
  }
}

print("convolution\tmethod\toutput\tinput gradient\tweight gradient (1e-6, \(images) images)")
report(
  "stem", ConvolutionGeometry(c: 3, k: 64, h: 227, w: 227, kernel: 7, stride: 2, padding: 3),
  [("phases", { $0.stem() })])
for (channels, side) in [(64, 57), (128, 29), (256, 15), (512, 8)] {
  report(
    "\(channels) to \(channels)",
    ConvolutionGeometry(c: channels, k: channels, h: side, w: side, kernel: 3, padding: 1),
    [("Winograd", { $0.winograd() }), ("direct", { $0.direct() })])
}
for (channels, side) in [(64, 57), (128, 29), (256, 15)] {
  report(
    "\(channels) to \(2 * channels)",
    ConvolutionGeometry(
      c: channels, k: 2 * channels, h: side, w: side, kernel: 3, stride: 2, padding: 1),
    [("phases", { $0.strided() }), ("direct", { $0.direct() })])
}
