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
/// Relative distances from double in 1e-6 for 64 to 128, 128 to 256, 256 to 512 channels, by
/// `scripts/kernel-errors 2` (normal data, two images): outputs 1.3, 1.7, 2.8, input gradients 1.1,
/// 1.4, 1.9, weight gradients 0.9, 0.4, 0.4 (direct sums: 0.4, 0.6, 0.8; 0.3, 0.5, 0.7; 0.7, 0.4,
/// 0.2).
public struct StridedWinograd: Sendable {
  /// Input and output channels, rows and columns of the input.
  public let c, k, h, w: Int
  /// The most images at a time.
  let images: Int
  let outputRows: Int
  let outputColumns: Int
  let tiles: [TileGrid]
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
    tiles = TileGrid.cut(height: outputRows, width: outputColumns)
    rows = images * (tiles.map(\.count).max() ?? 0) > 4 ? 8 : 4
    // Twice as many tiles for each reading of large weights, where all threads still have work.
    let total = images * tiles.reduce(0) { $0 + $1.count }
    blocks = c * k > 1 << 15 && total >= 128 ? 2 : 1
    let inputBytes = rows * blocks * c * floatBytes + Self.gap
    let outputBytes = rows * blocks * k * floatBytes + Self.gap
    let matrix = c * k * floatBytes + Self.gap
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
  /// A cache line between two places' data, so that no two places fall into one cache set.
  static let gap = vectorBytes
  /// Bytes from one place to the next in a group's inputs.
  private var inputBytes: Int { groupTiles * c * floatBytes + Self.gap }
  /// The same in a group's outputs.
  private var outputBytes: Int { groupTiles * k * floatBytes + Self.gap }
  /// Bytes of one matrix of transformed weights.
  var matrixBytes: Int { c * k * floatBytes + Self.gap }
  /// Bytes of a row of weights: one input channel to thirty-two outputs.
  static let weightRow = 2 * vectorBytes
  /// Bytes of a block of weights: sixteen input channels to thirty-two outputs.
  static let weightBlock = 16 * weightRow
  /// Kernel positions.
  static let taps = 9
  /// Floats of the transformed weights, for one direction.
  public var transformedCount: Int { StridedPhase.matrices * matrixBytes / floatBytes }
  /// Floats of scratch memory a worker needs: inputs, outputs and two small tiles.
  public var scratchFloats: Int {
    (StridedPhase.slots * inputBytes + StridedPhase.outputPoints * outputBytes) / floatBytes
      + Self.smallFloats
  }
  /// Floats of a tile between its two transforms and of a copied tile.
  static let smallFloats = 4096
  /// Where the copied tile begins, in bytes.
  static let copyOffset = smallFloats / 2 * floatBytes

  /// A group's inputs, or the points of its input gradients, at all places.
  func inputs(at start: UnsafeMutableRawPointer) -> TileMemory {
    TileMemory(start: start, slot: inputBytes, rows: rows, blocks: c / 16)
  }

  /// A group's outputs, or the points of its output gradients.
  func outputs(at start: UnsafeMutableRawPointer) -> TileMemory {
    TileMemory(start: start, slot: outputBytes, rows: rows, blocks: k / 16)
  }

  /// An activation before the convolution, or its gradient.
  func inputView(_ x: UnsafePointer<Float>) -> BlockedView {
    BlockedView(reading: x, blocks: c / 16, h: h, w: w)
  }

  /// An activation after the convolution, or its gradient.
  func outputView(_ y: UnsafePointer<Float>) -> BlockedView {
    BlockedView(reading: y, blocks: k / 16, h: outputRows, w: outputColumns)
  }

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
    let (x, y) = (inputView(x), outputView(y))
    nonisolated(unsafe) let (transformed, epilogue) = (transformed, epilogue)
    let groups = groups(images: images)
    pool.run(groups) { number, worker in
      let group = self.group(number, images: images)
      let next = self.group(min(groups - 1, number + pool.threads), images: images)
      let v = inputs(at: scratch[worker])
      let m = outputs(at: v.start + StridedPhase.slots * v.slot)
      let small = m.start + StridedPhase.outputPoints * m.slot
      transformInputs(x, tiles[group.size], group.first, group.count, into: v, small)
      multiply(
        forwardProducts[group.size], v, transformed, into: m, count: group.count,
        fetching: inputRows(x, next), outputRows(y, group, more: 0))
      transformOutputs(m, group, into: y, epilogue, small)
    }
  }

  /// All products of a group, from v's channels to m's; between them, pixels are asked for.
  @inline(__always)
  func multiply(
    _ products: [StridedProduct], _ v: TileMemory, _ transformed: UnsafePointer<Float>,
    into m: TileMemory, count: Int, fetching inputs: StridedRows, _ outputs: StridedRows
  ) {
    var (inputs, outputs) = (inputs, outputs)
    let panels = m.blocks / 2
    let used = (count + rows - 1) / rows
    let calls = products.count * panels * used
    let each = (
      inputs: (inputs.total + calls - 1) / calls, outputs: (outputs.total + calls - 1) / calls
    )
    for product in products {
      for panel in 0..<panels {
        let u = UnsafeRawPointer(transformed) + panel * v.blocks * Self.weightBlock
        for part in 0..<used {
          let x = v.address(part: part)
          let y = m.address(part: part, block: panel * 2) + product.result
          inputs.fetch(each.inputs)
          outputs.fetch(each.outputs)
          if rows == 8 {
            stridedProduct8(product, x, v.blocks, u, y)
          } else {
            stridedProduct4(product, x, v.blocks, u, y)
          }
        }
      }
    }
  }

  /// Tiles of x to their points.
  func transformInputs(
    _ x: BlockedView, _ tiles: TileGrid, _ first: Int, _ count: Int, into v: TileMemory,
    _ small: UnsafeMutableRawPointer
  ) {
    for block in 0..<v.blocks {
      tiles.walk(from: first, count: count, block: block, in: v) { place, points in
        let pixels = x.plane(place.image, block).tile(
          row: place.row &* 2 &- 1, column: place.column &* 2 &- 1,
          height: tiles.rows &* 2 &+ 1, width: tiles.columns &* 2 &+ 1,
          copy: small + Self.copyOffset)
        tiles.withSize { rows, columns in
          Self.transformTile(rows, columns, pixels, into: points, small)
        }
      }
    }
  }

  /// Columns of points of both column phases, beside each other: first those of the odd one.
  @inline(__always)
  static var halfColumns: Int { StridedTransform.size + StridedTransform.evenSize }

  /// One tile of sixteen channels to its points in all phases.
  @inline(__always)
  private static func transformTile(
    _ rows: Int, _ columns: Int, _ pixels: VectorGrid, into points: TilePoints,
    _ small: UnsafeMutableRawPointer
  ) {
    let half = VectorGrid(small, columns: halfColumns)
    for i in 0..<rows &* 2 &+ 1 {
      let (line, target) = (pixels.row(i), half.row(i))
      StridedTransform.odd(columns, line.every(2), to: target)
      StridedTransform.even(
        columns, line.dropping(1).every(2), to: target.dropping(StridedTransform.size))
    }
    for j in 0..<StridedTransform.size where StridedTransform.uses(columns, j) {
      transformColumn(
        rows, half.column(j), odd: points.grid(of: .oddOdd).column(j),
        even: points.grid(of: .evenOdd).column(j))
    }
    for j in 0..<StridedTransform.evenSize where StridedTransform.usesEven(columns, j) {
      transformColumn(
        rows, half.column(StridedTransform.size &+ j), odd: points.grid(of: .oddEven).column(j),
        even: points.grid(of: .evenEven).column(j))
    }
  }

  /// One column's points in the phases of odd and of even rows.
  @inline(__always)
  private static func transformColumn(
    _ rows: Int, _ column: VectorLine, odd: VectorLine, even: VectorLine
  ) {
    StridedTransform.odd(rows, column.every(2), to: odd)
    StridedTransform.even(rows, column.dropping(1).every(2), to: even)
  }

  /// A group's products back into y.
  private func transformOutputs(
    _ m: TileMemory, _ group: Group, into y: BlockedView, _ epilogue: Epilogue,
    _ small: UnsafeMutableRawPointer
  ) {
    let tiles = tiles[group.size]
    for block in 0..<m.blocks {
      let finish = ChannelEpilogue(epilogue, block: block, output: y.start)
      tiles.walk(from: group.first, count: group.count, block: block, in: m) { place, points in
        let pixels = y.plane(place.image, block).pixels(row: place.row, column: place.column)
        tiles.withSize { rows, columns in
          Self.outputTile(rows, columns, points, pixels, finish, small)
        }
      }
    }
  }

  @inline(__always)
  private static func outputTile(
    _ rows: Int, _ columns: Int, _ points: TilePoints, _ pixels: VectorGrid,
    _ finish: ChannelEpilogue, _ small: UnsafeMutableRawPointer
  ) {
    let source = points.grid(columns: StridedTransform.size)
    let half = VectorGrid(small, columns: StridedTransform.size)
    for j in 0..<StridedTransform.size where StridedTransform.uses(columns, j) {
      half.column(j).put(StridedTransform.outputs(rows, source.column(j)))
    }
    for i in 0..<rows {
      finish.store(StridedTransform.outputs(columns, half.row(i)), columns, to: pixels.row(i))
    }
  }
}
