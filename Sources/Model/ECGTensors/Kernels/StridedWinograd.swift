// 3x3 convolutions with stride 2 and padding 1 by Toom and Cook's products over both parities.

import ECGParallel
import Foundation

/// A 3x3, stride 2, padding 1 convolution with 81 instead of 144 products for 4 x 4 outputs.
///
/// Even and odd rows of the input meet different taps, and so do columns: four phases with stride 1,
/// which ``StridedTransform`` brings to the same points. A task takes a group of tiles of one size:
/// it transforms them, multiplies at each point over all channels of all phases, and transforms
/// back once, in scratch memory that stays in the cache. What a tile's sums are does not depend on
/// its group, so an image's result depends neither on the batch nor on the threads.
///
/// Relative distances from double, normal data, 32 images, 64 to 128, 128 to 256, 256 to 512
/// channels: outputs 1.3, 1.7, 2.6e-6, input gradients 1.1, 1.6, 1.8e-6, weight gradients 1.0, 0.8,
/// 1.1e-6 (direct sums: 0.4, 0.6, 0.8e-6; 0.3, 0.5, 0.6e-6; 2.7, 1.4, 0.7e-6).
public struct StridedWinograd: Sendable {
  /// Input and output channels, rows and columns of the input.
  public let c, k, h, w: Int
  /// The most images at a time.
  let images: Int
  let outputRows: Int
  let outputColumns: Int
  let tiles: [StridedTiles]
  /// Tiles that are multiplied together.
  let rows: Int
  /// How many times as many make a group.
  let blocks: Int
  private let forwardProducts: [[StridedProduct]]
  let backwardProducts: [[StridedProduct]]

  /// Plans a convolution of up to `images` images; the result does not depend on their number.
  public init(c: Int, k: Int, h: Int, w: Int, images: Int) {
    precondition(c.isMultiple(of: 32) && k.isMultiple(of: 32), "\(c) to \(k) channels")
    precondition(h > 0 && w > 0, "an input of \(h) x \(w)")
    (self.c, self.k, self.h, self.w, self.images) = (c, k, h, w, images)
    (outputRows, outputColumns) = ((h + 1) / 2, (w + 1) / 2)
    tiles = StridedTiles.cut(height: outputRows, width: outputColumns)
    rows = images * (tiles.map(\.count).max() ?? 0) > 4 ? 8 : 4
    // Twice as many tiles for each reading of large weights, where all threads still have work.
    let total = images * tiles.reduce(0) { $0 + $1.count }
    blocks = c * k > 1 << 15 && total >= 128 ? 2 : 1
    let inputBytes = rows * blocks * c * 4 + 64
    let outputBytes = rows * blocks * k * 4 + 64
    let matrix = (c * k + 16) * 4
    forwardProducts = tiles.map {
      $0.forwardProducts(input: inputBytes, matrix: matrix, result: outputBytes)
    }
    backwardProducts = tiles.map {
      $0.backwardProducts(
        input: outputBytes, matrix: matrix, result: inputBytes, oddRows: $0.firstRow < h / 2,
        oddColumns: $0.firstColumn < w / 2)
    }
  }

  /// Tiles of a group.
  var groupTiles: Int { rows * blocks }
  /// Bytes from one place to the next in a group's inputs, one cache line more than needed, so that
  /// no two places fall into one cache set.
  var inputBytes: Int { groupTiles * c * 4 + 64 }
  /// The same in a group's outputs.
  var outputBytes: Int { groupTiles * k * 4 + 64 }
  /// Floats of one matrix of transformed weights.
  var matrixFloats: Int { c * k + 16 }
  /// Floats of the transformed weights, for one direction.
  public var transformedCount: Int { StridedPhase.matrices * matrixFloats }
  /// Floats of scratch memory a worker needs: inputs, outputs and two small tiles.
  public var scratchFloats: Int {
    (StridedPhase.slots * inputBytes + 25 * outputBytes) / 4 + Self.smallFloats
  }
  /// Floats of a tile between its two transforms and of a copied tile.
  static var smallFloats: Int { 4096 }
  static var copyOffset: Int { 8192 }

  /// A group: the size of its tiles and which they are.
  struct Group {
    var size: Int
    var first: Int
    var count: Int
  }

  func groups(images: Int) -> Int {
    tiles.reduce(0) { $0 + (images * $1.count + groupTiles - 1) / groupTiles }
  }

  func group(_ number: Int, images: Int) -> Group {
    var rest = number
    for (size, tile) in tiles.enumerated() {
      let total = images * tile.count
      let groups = (total + groupTiles - 1) / groupTiles
      if rest < groups {
        let first = rest * groupTiles
        return Group(size: size, first: first, count: min(groupTiles, total - first))
      }
      rest -= groups
    }
    preconditionFailure("group \(number)")
  }

  // MARK: Forward

  /// y = epilogue(x * w).
  ///
  /// - Parameters:
  ///   - x: (images, C, H, W), blocked.
  ///   - transformed: What ``transform(_:into:pool:)`` gave.
  ///   - y: (images, K, (H + 1) / 2, (W + 1) / 2), blocked.
  public func forward(
    _ x: UnsafePointer<Float>, transformed: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, images: Int, epilogue: Epilogue = Epilogue(),
    pool: WorkerPool, scratch: Scratch
  ) {
    nonisolated(unsafe) let (x, transformed, y, epilogue) = (x, transformed, y, epilogue)
    let groups = groups(images: images)
    pool.run(groups) { number, worker in
      let group = self.group(number, images: images)
      let next = self.group(min(groups - 1, number + pool.threads), images: images)
      let v = scratch[worker]
      let m = v + StridedPhase.slots * inputBytes
      let small = m + 25 * outputBytes
      transformInputs(
        x, tiles[group.size], group.first, group.count, rows: rows, slot: inputBytes, into: v,
        small)
      multiply(
        forwardProducts[group.size], v, c, transformed, into: m, k, count: group.count,
        inputRows(x, next), outputRows(y, group, more: 0))
      transformOutputs(m, group, into: y, epilogue, small)
    }
  }

  /// All products of a group: `from` channels to `to`; between them, pixels are asked for.
  @inline(__always)
  func multiply(
    _ products: [StridedProduct], _ v: UnsafeMutableRawPointer, _ from: Int,
    _ transformed: UnsafePointer<Float>, into m: UnsafeMutableRawPointer, _ to: Int, count: Int,
    _ inputs: StridedRows, _ outputs: StridedRows
  ) {
    var (inputs, outputs) = (inputs, outputs)
    let used = (count + rows - 1) / rows
    let calls = products.count * (to / 32) * used
    let each = (
      inputs: (inputs.total + calls - 1) / calls, outputs: (outputs.total + calls - 1) / calls
    )
    for product in products {
      for panel in 0..<to / 32 {
        let u = UnsafeRawPointer(transformed + panel * from * 32)
        for block in 0..<used {
          let x = v + block * from * rows * 4
          let y = m + product.result + (block * to + panel * 32) * rows * 4
          inputs.fetch(each.inputs)
          outputs.fetch(each.outputs)
          if rows == 8 {
            stridedProduct8(product, x, from / 16, u, y)
          } else {
            stridedProduct4(product, x, from / 16, u, y)
          }
        }
      }
    }
  }

  /// Tiles of x to their points: [place][tile / rows][C/16][tile % rows][16], `slot` bytes a place.
  func transformInputs(
    _ x: UnsafePointer<Float>, _ tiles: StridedTiles, _ first: Int, _ count: Int, rows: Int,
    slot: Int, into v: UnsafeMutableRawPointer, _ small: UnsafeMutableRawPointer
  ) {
    let (c, h, w) = (c, h, w)
    let (height, width) = (tiles.rows &* 2 &+ 1, tiles.columns &* 2 &+ 1)
    let isFull = tiles.rows == 4 && tiles.columns == 4
    for block in 0..<c / 16 {
      var place = tiles.place(first)
      var target = v + block * rows * 64
      var row = 0
      for _ in 0..<count {
        let plane = UnsafeRawPointer(x + (place.image &* (c / 16) &+ block) &* h &* w &* 16)
        let source = copyUnlessInside(
          plane, h, w, row: place.row &* 2 &- 1, column: place.column &* 2 &- 1, height, width,
          small + Self.copyOffset)
        if isFull {
          Self.transformTile(4, 4, source.start, source.row, target, slot, small)
        } else {
          Self.transformTile(
            tiles.rows, tiles.columns, source.start, source.row, target, slot, small)
        }
        tiles.advance(&place)
        target += 64
        row &+= 1
        if row == rows {
          row = 0
          target += (c / 16 &- 1) &* rows &* 64
        }
      }
    }
  }

  /// Where a tile begins and its distance between rows, in bytes; a tile that reaches out of the
  /// plane is copied to `copy` with zeros around.
  @inline(__always)
  func copyUnlessInside(
    _ plane: UnsafeRawPointer, _ h: Int, _ w: Int, row: Int, column: Int, _ height: Int,
    _ width: Int, _ copy: UnsafeMutableRawPointer
  ) -> (start: UnsafeRawPointer, row: Int) {
    if row >= 0, column >= 0, row &+ height <= h, column &+ width <= w {
      return (plane + (row &* w &+ column) &* 64, w &* 64)
    }
    let line = width &* 64
    memset(copy, 0, height &* line)
    let (left, right) = (max(0, column), min(w, column &+ width))
    for i in max(0, row)..<min(h, row &+ height) {
      let from = plane + (i &* w &+ left) &* 64
      let offset: Int = (i &- row) &* line &+ (left &- column) &* 64
      let to = copy + offset
      for j in 0..<max(0, right &- left) { store(to, j &* 64, load(from, j &* 64)) }
    }
    return (UnsafeRawPointer(copy), line)
  }

  /// One tile of sixteen channels to its points in all phases.
  @inline(__always)
  private static func transformTile(
    _ rows: Int, _ columns: Int, _ s: UnsafeRawPointer, _ row: Int, _ d: UnsafeMutableRawPointer,
    _ slot: Int, _ small: UnsafeMutableRawPointer
  ) {
    // Nine rows of five points of the odd columns and four of the even ones.
    let line: Int = 9 * vectorBytes
    for i in 0..<rows &* 2 &+ 1 {
      let from = s + i &* row
      let to = small + i &* line
      StridedTransform.odd(columns, from, 128, to, 64)
      StridedTransform.even(columns, from + 64, 128, to + 320, 64)
    }
    for j in 0..<5 where StridedTransform.uses(columns, j) {
      let from = UnsafeRawPointer(small + j &* 64)
      StridedTransform.odd(rows, from, 2 &* line, d + j &* slot, 5 &* slot)
      StridedTransform.even(rows, from + line, 2 &* line, d + (45 &+ j) &* slot, 5 &* slot)
    }
    for j in 0..<4 where StridedTransform.usesEven(columns, j) {
      let from = UnsafeRawPointer(small + (5 &+ j) &* 64)
      StridedTransform.odd(rows, from, 2 &* line, d + (25 &+ j) &* slot, 4 &* slot)
      StridedTransform.even(rows, from + line, 2 &* line, d + (65 &+ j) &* slot, 4 &* slot)
    }
  }

  /// A group's products back into y.
  private func transformOutputs(
    _ m: UnsafeMutableRawPointer, _ group: Group, into y: UnsafeMutablePointer<Float>,
    _ epilogue: Epilogue, _ small: UnsafeMutableRawPointer
  ) {
    let tiles = tiles[group.size]
    let (k, rows, height, width) = (k, rows, outputRows, outputColumns)
    let isFull = tiles.rows == 4 && tiles.columns == 4
    for block in 0..<k / 16 {
      let finish = StridedFinish(epilogue, block: block, output: y)
      var place = tiles.place(group.first)
      var source = m + block * rows * 64
      var row = 0
      for _ in 0..<group.count {
        let target = UnsafeMutableRawPointer(
          y
            + (((place.image &* (k / 16) &+ block) &* height &+ place.row) &* width
              &+ place.column) &* 16)
        if isFull {
          Self.outputTile(4, 4, source, outputBytes, target, width &* 64, finish, small)
        } else {
          Self.outputTile(
            tiles.rows, tiles.columns, source, outputBytes, target, width &* 64, finish, small)
        }
        tiles.advance(&place)
        source += 64
        row &+= 1
        if row == rows {
          row = 0
          source += (k / 16 &- 1) &* rows &* 64
        }
      }
    }
  }

  @inline(__always)
  private static func outputTile(
    _ rows: Int, _ columns: Int, _ s: UnsafeRawPointer, _ slot: Int,
    _ d: UnsafeMutableRawPointer, _ row: Int, _ finish: StridedFinish,
    _ small: UnsafeMutableRawPointer
  ) {
    for j in 0..<5 where StridedTransform.uses(columns, j) {
      let y = StridedTransform.outputs(rows, s + j &* slot, 5 &* slot)
      store(small, j &* 64, y.0)
      store(small, 320 &+ j &* 64, y.1)
      store(small, 640 &+ j &* 64, y.2)
      store(small, 960 &+ j &* 64, y.3)
    }
    for i in 0..<rows {
      let y = StridedTransform.outputs(columns, small + i &* 320, 64)
      finish.store(y, columns, d + i &* row, 64)
    }
  }
}
