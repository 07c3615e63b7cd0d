// From vector to plane: a layer that only moves numbers.

import ECGTensors
import Foundation

/// Sixteen features of an image as one channel of 4 x 4.
final class PlaneOperation: Operation {
  private let ports: Ports

  init(ports: Ports) { self.ports = ports }

  func forward(_ pass: Pass) {
    memset(ports.output, 0, pass.images * 256 * 4)
    for image in 0..<pass.images {
      for i in 0..<16 { ports.output[(image * 16 + i) * 16] = ports.inputs[0][image * 16 + i] }
    }
  }

  func backward(_ pass: Pass) {
    guard let dy = ports.outputGradient, let target = ports.wanted(0, pass) else { return }
    precondition(!target.accumulates, "the plane is its input's only reader")
    for image in 0..<pass.images {
      for i in 0..<16 { target.pointer[image * 16 + i] = dy[(image * 16 + i) * 16] }
    }
  }
}
