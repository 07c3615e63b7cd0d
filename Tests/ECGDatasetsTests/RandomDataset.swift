// Data sets without files, for the logic that needs none.

import ECGDatasets
import ECGFiles
import ECGRandom
import ECGTerms
import Foundation

/// A digest that stands for a page's contents.
func fakeDigest(_ name: String) -> SHA256Digest { SHA256Digest.of(Data(name.utf8)) }

/// A page of made-up contents.
func page(
  _ path: String, _ label: DiagnosticClass, contents: String, group: String? = nil
) -> DatasetItem {
  DatasetItem(
    path: path, class: label, sha256: fakeDigest("bytes " + contents),
    pixels: fakeDigest("pixels " + contents), group: group)
}

/// A data set of the given ECGs a class, each `copies` files, every ECG a group of its own.
func plainDataset(ecgs: [DiagnosticClass: Int], copies: Int = 1) -> Dataset {
  let items = ClassList.archive.flatMap { label in
    (0..<(ecgs[label] ?? 0)).flatMap { index in
      (0..<copies).map { copy in
        page("\(label.key)/\(index)-\(copy).jpg", label, contents: "\(label.key) \(index)")
      }
    }
  }
  return Dataset(root: "/data", items: items)
}

/// A data set with random numbers of ECGs, copies and groups; some groups span classes.
func randomDataset(_ trial: UInt64) -> Dataset {
  var random = Philox(seed: trial, for: .trial, 1)
  let groups = 8 + random.index(below: 80)
  let spanning = random.uniform(0, 0.5)
  var items: [DatasetItem] = []
  for label in ClassList.archive {
    for index in 0..<(4 + random.index(below: 60)) {
      let number = random.index(below: groups)
      let chance = random.uniform()
      let group: String? =
        if chance < 0.3 {
          nil
        } else if chance < 1 - spanning {
          "\(label.key) \(number)"
        } else {
          "any \(number)"
        }
      let contents = "\(label.key) \(index)"
      for copy in 0..<(1 + random.index(below: 4)) {
        items.append(
          page("\(label.key)/\(index)-\(copy).jpg", label, contents: contents, group: group))
      }
    }
  }
  return Dataset(root: "/data", items: items)
}
