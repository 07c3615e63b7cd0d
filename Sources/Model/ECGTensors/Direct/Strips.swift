// How a directly summed convolution is cut, and the part of its input that a strip reads.

import Foundation

/// How the work is cut: `rows` of one image a strip, or `images` whole ones.
struct Strips: Sendable {
  var rows, images: Int
  var slabRows, slabColumns, blocks: Int
  var floats: Int { images * blocks * slabRows * slabColumns * 16 }

  /// Strips of a map with `total` rows by `columns` of results.
  init(
    total: Int, columns: Int, stride: Int, extent: Int, slabColumns: Int, blocks: Int
  ) {
    self.slabColumns = slabColumns
    self.blocks = blocks
    let budget = 1 << 16
    let rowFloats = slabColumns * blocks * 16
    var rows = total
    while rows > 1, ((rows - 1) * stride + extent) * rowFloats > budget { rows -= 1 }
    self.rows = rows
    slabRows = (rows - 1) * stride + extent
    let whole = slabRows * rowFloats
    images = rows < total ? 1 : max(1, min(64 / max(1, total * columns), budget / whole))
  }

  func count(images n: Int, total: Int) -> Int {
    rows < total ? n * ((total + rows - 1) / rows) : (n + images - 1) / images
  }

  /// Images and rows of strip `task`.
  func bounds(_ task: Int, images n: Int, total: Int) -> (images: Range<Int>, rows: Range<Int>) {
    if rows < total {
      let each = (total + rows - 1) / rows
      let first = task % each * rows
      return (task / each..<task / each + 1, first..<min(total, first + rows))
    }
    return (task * images..<min(n, (task + 1) * images), 0..<total)
  }
}

/// What a strip reads, with the zeros around it: [image][block][row][column][16] in scratch memory.
struct Slab {
  let start: UnsafeMutableRawPointer
  let strips: Strips

  init(_ start: UnsafeMutableRawPointer, _ strips: Strips) {
    (self.start, self.strips) = (start, strips)
  }

  /// Bytes from one image to the next.
  var imageBytes: Int { strips.floats / strips.images * floatBytes }

  /// Copies an image's rows with their surrounding zeros, or every `sampling`-th pixel of every
  /// `sampling`-th row.
  ///
  /// - Parameter slot: The image's place in the slab.
  func copy(
    _ source: BlockedView, image: Int, slot: Int, firstRow: Int, firstColumn: Int, sampling: Int
  ) {
    let before = -firstColumn
    let copied = min((source.w + sampling - 1) / sampling, strips.slabColumns - before)
    let after = strips.slabColumns - before - copied
    for block in 0..<strips.blocks {
      let plane = source.plane(image, block)
      let rows = VectorGrid(
        start + slot * imageBytes
          + block * strips.slabRows * strips.slabColumns * vectorBytes,
        columns: strips.slabColumns)
      for index in 0..<strips.slabRows {
        let target = rows.row(index)
        let row = firstRow + index * sampling
        guard row >= 0, row < source.h else {
          memset(target.start, 0, rows.rowStep)
          continue
        }
        let line = plane.pixels(row: row, column: 0).row(0).every(sampling)
        let inner = target.dropping(before)
        if before > 0 { memset(target.start, 0, before * vectorBytes) }
        if sampling == 1 {
          memcpy(inner.start, line.start, copied * vectorBytes)
        } else {
          for pixel in 0..<copied { inner[pixel] = line[pixel] }
        }
        if after > 0 { memset(inner.dropping(copied).start, 0, after * vectorBytes) }
      }
    }
  }
}

/// Pixels that are summed from a slab.
struct PixelRun {
  var slab: Slab
  var images: Range<Int>
  var rows: Range<Int>
  var columns: Int
  /// Pixels of the slab from one result to the next.
  var stride: Int
}

/// Where thirty-two channels' results go: every `stride`-th pixel from a row and a column on.
struct PanelTarget {
  var view: BlockedView
  /// Which thirty-two channels.
  var panel: Int
  var stride = 1
  var row = 0
  var column = 0

  /// Blocks of sixteen channels that the panel has, 1 or 2.
  var halves: Int { min(2, view.blocks - panel * 2) }

  /// Bytes from the view's start to a result.
  @inline(__always)
  func offset(_ image: Int, _ row: Int, _ column: Int) -> Int {
    let pixel = (row * stride + self.row) * view.w + column * stride + self.column
    return (image * view.blocks + panel * 2) * view.planeBytes + pixel * vectorBytes
  }
}
