// The matrices of the one-dimensional transforms: what is written beside them, and that they convolve.

import Testing

@testable import ECGTensors

/// The matrix of a transform, a column for each input, found from unit vectors; places that it does
/// not write are zero.
private func matrix(
  _ inputs: Int, _ outputs: Int, _ transform: (_ from: VectorLine, _ to: VectorLine) -> Void
) -> [[Double]] {
  var columns: [[Double]] = []
  withUnsafeTemporaryAllocation(
    byteCount: (inputs + outputs) * vectorBytes, alignment: vectorBytes
  ) { memory in
    guard let start = memory.baseAddress else { return }
    let (from, to) = (VectorLine(start), VectorLine(start).dropping(inputs))
    for input in 0..<inputs {
      for index in 0..<inputs { from[index] = Vector(repeating: index == input ? 1 : 0) }
      for index in 0..<outputs { to[index] = Vector(repeating: 0) }
      transform(from, to)
      columns.append((0..<outputs).map { Double(to[$0][7]) })
    }
  }
  return columns.first.map { first in
    first.indices.map { row in columns.map { $0[row] } }
  } ?? []
}

/// The largest distance of sum over points p of out[y][p] g[p][k] d[p][x] from 1 where x = y + k and
/// 0 elsewhere: whether the three matrices make a correlation.
private func distanceFromCorrelation(
  out: [[Double]], weights g: [[Double]], input d: [[Double]]
) -> Double {
  var largest = 0.0
  for y in out.indices {
    for k in g[0].indices {
      for x in d[0].indices {
        let sum = d.indices.reduce(0.0) { $0 + out[y][$1] * g[$1][k] * d[$1][x] }
        largest = max(largest, abs(sum - (x == y + k ? 1 : 0)))
      }
    }
  }
  return largest
}

private func transposed(_ m: [[Double]]) -> [[Double]] {
  m[0].indices.map { column in m.map { $0[column] } }
}

@Suite("Transforms and their matrices")
struct TransformMatrixTests {
  @Test("Winograd's F(4, 3)")
  func winograd() {
    let input = matrix(6, 6) { WinogradTransform.input($0, to: $1) }
    let output = matrix(6, 4) { $1.put(WinogradTransform.output($0)) }
    let weights = matrix(3, 6) { WinogradTransform.weights($0, to: $1) }
    let quotedInput: [[Double]] = [
      [1.265625, 0, -2.8125, 0, 1, 0],
      [0, -1.6875, -2.25, 0.75, 1, 0],
      [0, 1.6875, -2.25, -0.75, 1, 0],
      [0, -0.84375, -0.5625, 1.5, 1, 0],
      [0, 0.84375, -0.5625, -1.5, 1, 0],
      [0, 1.265625, 0, -2.8125, 0, 1],
    ]
    let quotedOutput: [[Double]] = [
      [1, 1, 1, 1, 1, 0],
      [0, 0.75, -0.75, 1.5, -1.5, 0],
      [0, 0.5625, 0.5625, 2.25, 2.25, 0],
      [0, 0.421875, -0.421875, 3.375, -3.375, 1],
    ]
    #expect(input == quotedInput)
    #expect(output == quotedOutput)
    #expect(distanceFromCorrelation(out: output, weights: weights, input: input) < 1e-6)
    #expect(matrix(4, 6) { WinogradTransform.gradient($0, to: $1) } == transposed(output))
    let back = matrix(6, 3) { WinogradTransform.weightGradient($0, to: $1) }
    for (row, other) in zip(back, transposed(weights)) {
      for (a, b) in zip(row, other) { #expect(abs(a - b) < 1e-7) }
    }
  }

  @Test("strided convolutions' two phases", arguments: 1...4)
  func strided(_ n: Int) {
    let b = Double(StridedTransform.b)
    let taps: [[Double]] = [[1, 0], [1, 1], [1, -1], [0, 1], [1, b]]
    let odd = matrix(n + 1, 5) { StridedTransform.odd(n, $0, to: $1) }
    let even = matrix(n, 4) { StridedTransform.even(n, $0, to: $1) }
    let output = Array(matrix(5, 4) { $1.put(StridedTransform.outputs(n, $0)) }.prefix(n))
    #expect(distanceFromCorrelation(out: output, weights: taps, input: odd) < 1e-6)
    let one: [[Double]] = [[1.0], [1], [1], [1]]
    let outputOfEven = output.map { Array($0.prefix(4)) }
    #expect(distanceFromCorrelation(out: outputOfEven, weights: one, input: even) < 1e-6)
    #expect(matrix(n, 5) { StridedTransform.gradient(n, $0, to: $1) } == transposed(output))
    for position in 0..<5 {
      let isUsed = StridedTransform.points(n).contains(position)
      #expect(StridedTransform.uses(n, position) == isUsed)
      #expect(odd[position].contains { $0 != 0 } == isUsed, "position \(position)")
    }
    guard n == 4 else { return }
    let quotedOutput: [[Double]] = [
      [1, 1, 1, 0, 1], [0, 1, -1, 0, 2], [0, 1, 1, 0, 4], [0, 1, -1, 1, 8],
    ]
    let quotedEven: [[Double]] = [
      [1, 0, -1, 0], [0, 0.5, 0.5, 0], [0, -0.5, 0.5, 0], [0, -1, 0, 1],
    ]
    let (third, sixth) = (1.0 / 3, 1.0 / 6)
    let expected: [[Double]] = [
      [1, -0.5, -1, 0.5, 0], [0, 1, 0.5, -0.5, 0], [0, -third, 0.5, -sixth, 0],
      [0, 2, -1, -2, 1], [0, -sixth, 0, sixth, 0],
    ]
    #expect(output == quotedOutput)
    #expect(even == quotedEven)
    for (row, other) in zip(odd, expected) {
      for (found, value) in zip(row, other) { #expect(abs(found - value) < 1e-7) }
    }
  }

  @Test("the stem's two phases", arguments: [4, 3])
  func stem(_ taps: Int) {
    let points = taps + 3
    let input = matrix(points, points) { d, t in
      StemTransform.finite(d[0], d[1], d[2], d[3], d[4], d[5], to: t)
      if taps == 4 { t[6] = StemTransform.infinite(d[0], d[2], d[4], d[6]) }
    }
    let output = matrix(7, 4) { m, t in
      t.put(StemTransform.output(m[0], m[1], m[2], m[3], m[4], m[5], m[6]))
    }
    let weights = matrix(taps, points) { g, t in
      let last = taps == 4 ? g[3] : Vector(repeating: 0)
      withUnsafeTemporaryAllocation(byteCount: 7 * vectorBytes, alignment: vectorBytes) { raw in
        guard let all = raw.baseAddress.map({ VectorLine($0) }) else { return }
        StemTransform.weights(g[0], g[1], g[2], last, to: all)
        for index in 0..<points { t[index] = all[index] }
      }
    }
    let used = output.map { Array($0.prefix(points)) }
    #expect(distanceFromCorrelation(out: used, weights: weights, input: input) < 1e-6)
    let quotedOutput: [[Double]] = [
      [1, 1, 1, 1, 1, 1, 0], [0.25, -0.25, 1, -1, 2, -2, 0],
      [0.0625, 0.0625, 1, 1, 4, 4, 0], [0.015625, -0.015625, 1, -1, 8, -8, 1],
    ]
    let quotedInput: [[Double]] = [
      [1, 4, -1.25, -5, 0.25, 1], [-1, 4, 1.25, -5, -0.25, 1],
      [0.25, 0.25, -4.0625, -4.0625, 1, 1], [-0.25, 0.25, 4.0625, -4.0625, -1, 1],
      [0.125, 0.0625, -2.125, -1.0625, 2, 1], [-0.125, 0.0625, 2.125, -1.0625, -2, 1],
    ]
    let finite: [[Double]] = input.prefix(6).map { Array($0.prefix(6)) }
    #expect(output == quotedOutput)
    #expect(finite == quotedInput)
    let gradient = matrix(4, 7) { y, t in
      StemTransform.gradient(y[0], y[1], y[2], y[3], to: t)
    }
    #expect(gradient == transposed(output))
    for point in 0..<7 {
      let rowPoint = StemTransform.RowPoint(point)
      let row = matrix(4, 1) { y, t in t[0] = rowPoint.gradient(y) }
      #expect(row[0] == gradient[point])
    }
    let back = matrix(7, 4) { u, t in t.put(StemTransform.weightGradient(u, isLong: taps == 4)) }
    for (row, other) in zip(back, transposed(weights)) {
      for (a, b) in zip(row, other) { #expect(abs(a - b) < 1e-7) }
    }
  }
}
