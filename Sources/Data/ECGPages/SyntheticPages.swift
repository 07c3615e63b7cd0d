// A folder of synthetic pages in class folders, each with its truth.

import ECGFiles
import ECGLayouts
import ECGParallel
import ECGRaster
import ECGRecordings
import ECGSignals
import ECGTerms
import Foundation

/// Writes synthetic pages, their truth and `synth.json`.
///
/// Page i, from 0, belongs to class i mod 4 and lies at `FOLDER/CLASS/synthetic-NNNN.jpg` with
/// NNNN = i + 1; beside it lie its truth (`PageTruth`, `.json`) and its signals (`.hea`, `.dat`).
/// Masks, where asked for, lie at `FOLDER/truth/CLASS/synthetic-NNNN.mask.png` (`PageMask`), where no
/// reader takes them for pages. `synth.json` holds the plan (`SynthesisRecord`). The bytes depend on
/// the plan, the page's number and the machine's fonts, not on the number of pages or threads.
///
/// - Parameters:
///   - folder: Made where missing.
///   - plan: What is drawn.
///   - pool: Pages are drawn in parallel.
///   - progress: Called now and then on the caller's thread with the pages done and all of them.
/// - Throws: ``PagesError``; `FileError`; `ImageError`. Nothing is written before the request is
///   checked.
public func writeSyntheticPages(
  to folder: String, _ plan: SynthesisPlan, pool: WorkerPool,
  progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
) throws {
  try plan.check()
  if let content = try? FileManager.default.contentsOfDirectory(atPath: folder), !content.isEmpty {
    throw PagesError.folderNotEmpty(folder)
  }
  for label in ArchiveClass.allCases {
    try createFolder("\(folder)/\(label.key)")
    if plan.masks { try createFolder("\(folder)/\(maskFolder)/\(label.key)") }
  }
  let writer = PageWriter(folder: folder, plan: plan)
  // A thread waits for the disk once a group of pages, while others draw.
  let group = min(8, (plan.pages + pool.threads - 1) / pool.threads)
  let batch = 2 * group * pool.threads
  for start in stride(from: 0, to: plan.pages, by: batch) {
    let end = min(start + batch, plan.pages)
    let firsts = Array(stride(from: start, to: end, by: group))
    let faults: [(any Error)?] = pool.map(firsts.count) { number in
      do {
        let files = FileGroup()
        for index in firsts[number]..<min(firsts[number] + group, end) {
          try writer.write(index, files)
        }
        try files.commit()
        return nil
      } catch { return error }
    }
    if let fault = faults.compactMap({ $0 }).first { throw fault }
    progress(end, plan.pages)
  }
  try writeAtomically(encodeJSON(SynthesisRecord(plan)), to: folder + "/synth.json")
}

/// The folder of masks beside the class folders.
private let maskFolder = "truth"

/// Writes any page of a plan.
private struct PageWriter: Sendable {
  let folder: String
  let plan: SynthesisPlan
  let drawing: PageDrawing
  let layout: PageLayout

  init(folder: String, plan: SynthesisPlan) {
    self.folder = folder
    self.plan = plan
    drawing = PageDrawing(layout: plan.layout, size: plan.size, masks: plan.masks)
    layout = plan.layout.scaled(to: plan.size)
  }

  func write(_ index: Int, _ files: FileGroup) throws {
    let ecg = plan.ecg(index)
    let name = syntheticName(of: index)
    let stem = "\(folder)/\(ecg.label.key)/\(name)"
    let mask = plan.masks ? "\(maskFolder)/\(ecg.label.key)/\(name).mask.png" : nil
    let picture: Image
    if let mask {
      let drawn = drawing.masked(ecg, shortcut: plan.shortcut)
      picture = drawn.picture
      try files.write(drawn.mask.pngData(), to: "\(folder)/\(mask)")
    } else {
      picture = drawing.draw(ecg, shortcut: plan.shortcut)
    }
    let truth = PageTruth(ecg, layout: layout, shortcut: plan.shortcut, name: name, mask: mask)
    try files.write(encodeJSON(truth), to: stem + ".json")
    let record = WFDBRecord.files(
      of: ecg.recording, at: stem,
      comments: [WFDBRecord.syntheticComment, "class: \(ecg.label.key)"])
    for file in record { try files.write(file.bytes, to: file.path) }
    // Last, so that no page is ever there without its truth.
    let quality = plan.shortcut.jpegQuality(ecg.label)
    try files.write(picture.jpegData(quality: quality), to: stem + ".jpg")
  }
}
