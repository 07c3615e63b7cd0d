// Filling the network's input.

import ECGParallel
import ECGRaster

/// Augments and normalizes images into the network's input, one task an image.
///
/// - Parameters:
///   - samples: The images, in order.
///   - cache: Where their pages are.
///   - normalization: From bytes to numbers.
///   - input: (samples, 3, side, side); as many images are overwritten as there are samples.
///   - pool: What the images are shared out on; scratch memory is one square a thread.
public func fillBatch(
  samples: ArraySlice<Sample>, cache: PageCache, normalization: PixelNormalization = .imageNet,
  into input: UnsafeMutablePointer<Float>, pool: WorkerPool
) {
  let side = cache.side
  let size = side * side * 3
  let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: size * pool.threads)
  defer { scratch.deallocate() }
  pool.run(samples.count) { task, worker in
    let sample = samples[samples.startIndex + task]
    let page = cache.pixels(sample.cacheIndex)
    let planes = input + task * size
    if sample.augmentation == .identity {
      normalization.planes(from: page, side: side, into: planes)
    } else {
      let changed = scratch + worker * size
      sample.augmentation.apply(to: page, width: side, height: side, into: changed)
      normalization.planes(from: changed, side: side, into: planes)
    }
  }
}
