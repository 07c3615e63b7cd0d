// Flags of reading, splitting and preparing pages.

import ArgumentParser
import ECGDatasets
import ECGLayouts
import ECGParallel
import ECGRaster
import ECGResults
import ECGTraining

/// The largest page that is decoded.
struct PageSizeOptions: ParsableArguments {
  @Option(
    name: .customLong("max-megapixels"),
    help: ArgumentHelp(
      "Refuse pages larger than this, before decoding, in megapixels. (default: 40)",
      valueName: "n"),
    transform: Number.real(from: 0, to: 10_000, includingLow: false))
  var givenMegapixels: Double?

  /// The largest page that is decoded, in megapixels.
  var maxMegapixels: Double { givenMegapixels ?? Image.defaultMaximumMegapixels }
}

/// The folder of the page cache.
struct CacheOptions: ParsableArguments {
  @Option(help: .setting(.cache), completion: .directory)
  var cache: String?

  /// The folder, by default the user's.
  var folder: String { cache ?? PageCache.defaultFolder() }
}

/// The handling of pages that cannot be read.
struct FaultOptions: ParsableArguments {
  @Option(
    name: .customLong("on-error"),
    help: ArgumentHelp(
      "Handling of pages that cannot be read. (default: fail)", valueName: "policy"))
  var givenPolicy: FaultPolicy?
}

/// The flags of reading a data set.
struct ReadingOptions: ParsableArguments {
  @OptionGroup(title: "Data") var size: PageSizeOptions
  @OptionGroup(title: "Data") var faults: FaultOptions
  @OptionGroup(title: "Machine") var cacheOptions: CacheOptions

  /// The folder for decoded pages, where it is given.
  var cache: String? { cacheOptions.cache }

  /// The handling of pages that cannot be read.
  var onError: FaultPolicy { faults.givenPolicy ?? .fail }

  /// The long flags that are given and decide what is read; where it is kept changes nothing.
  var given: [String] {
    var given: [String] = []
    if size.givenMegapixels != nil { given.append("max-megapixels") }
    if faults.givenPolicy != nil { given.append("on-error") }
    return given
  }

  /// The largest page that is decoded, in megapixels.
  var maxMegapixels: Double { size.maxMegapixels }

  /// The folder for decoded pages.
  var cacheFolder: String { cacheOptions.folder }

  /// A reader of data sets that warns and shows progress.
  func reader(pool: WorkerPool, voice: Voice) -> DataReader {
    DataReader(
      cacheFolder: cacheFolder, maximumMegapixels: maxMegapixels, onFault: onError, pool: pool,
      notify: voice.warn(about:),
      progress: { voice.progress.counter($0.rawValue, "pages") })
  }
}

/// A table of pages that belong together.
struct GroupOptions: ParsableArguments {
  @Option(help: .setting(.groups), completion: .file())
  var groups: String?
}

/// A verb that splits a data set, or has splits made for each of its trainings.
protocol SplittingVerb {
  /// The flags of splitting that it refuses; its help does not show them.
  static var refusedSplitFlags: Set<TrainingSetting> { get }
  /// The proportion of the training ECGs that it holds out as validation set by default.
  static var defaultInner: Double { get }
}

extension SplittingVerb {
  static var refusedSplitFlags: Set<TrainingSetting> { [] }
  static var defaultInner: Double { TrainingSettings().innerFraction }

  /// A setting's help; hidden where the verb refuses it.
  fileprivate static func help(_ setting: TrainingSetting) -> ArgumentHelp {
    .setting(setting, isShown: !refusedSplitFlags.contains(setting))
  }
}

/// The flags of splitting a data set.
struct SplitOptions<Verb: SplittingVerb>: ParsableArguments {
  @Option(name: .setting(.splitProtocol), help: Verb.help(.splitProtocol))
  var splitProtocol: SplitProtocol?
  @Option(help: Verb.help(.test), transform: Number.proportion(.test))
  var test: Double?
  @Option(
    help: .setting(.inner, default: "\(Verb.defaultInner)"),
    transform: Number.proportion(.inner))
  var inner: Double?
  @Option(help: Verb.help(.folds), transform: Number.whole(.folds))
  var folds: Int?
  @OptionGroup var groupOptions: GroupOptions
  @OptionGroup var classOptions: ClassOptions

  /// The table of groups, where one is given.
  var groups: String? { groupOptions.groups }

  /// The protocol, `grouped` by default.
  var resolvedProtocol: SplitProtocol { splitProtocol ?? TrainingSettings().splitProtocol }

  /// The share of the test set, a fifth by default.
  var resolvedTest: Double { test ?? TrainingSettings().testFraction }

  /// The folds, five by default.
  var resolvedFolds: Int { folds ?? TrainingSettings().folds }

  /// The proportion held out.
  var resolvedInner: Double { inner ?? Verb.defaultInner }

  /// What is given on the command line or in a configuration.
  var given: [TrainingSetting] {
    .given([
      .splitProtocol: splitProtocol, .test: test, .inner: inner, .folds: folds, .groups: groups,
      .classes: classOptions.classes,
    ])
  }

  /// Refuses flags that would change the sets which a data set's folders declare, and a protocol
  /// that needs such folders where there are none; nothing is read but the folder.
  ///
  /// - Throws: ``ProgramError``, `DatasetError`.
  func check(_ data: String) throws {
    let folder = try ScanFolder(root: data, classFolders: classOptions.folders())
    guard folder.declaresSets else {
      guard !resolvedProtocol.isDeclared else {
        throw ProgramError.noDeclaredSets(data, flag: flag(of: resolvedProtocol))
      }
      return
    }
    let flag: String? =
      if let splitProtocol, !splitProtocol.isDeclared {
        self.flag(of: splitProtocol)
      } else if test != nil {
        TrainingSetting.test.flag
      } else if folds != nil {
        TrainingSetting.folds.flag
      } else { nil }
    if let flag { throw ProgramError.flagBesideDeclaredSets(data, flag: flag) }
  }

  private func flag(of name: SplitProtocol) -> String {
    "\(TrainingSetting.splitProtocol.flag) \(name.rawValue)"
  }

  /// The split of a data set, that which its folders declare where they do; else every class lies in
  /// every fold where folds are asked for.
  func split(_ dataset: Dataset, seed: UInt64, testsFold: Bool = false) throws -> Split {
    guard !dataset.declaresSets else {
      if dataset.declaresValidation, let inner, inner > 0 {
        throw ProgramError.flagBesideDeclaredSets(
          dataset.root, flag: TrainingSetting.inner.flag)
      }
      return try Split.declared(by: dataset, innerFraction: resolvedInner, seed: seed)
    }
    return try Split.make(
      dataset: dataset, protocol: resolvedProtocol, testFraction: resolvedTest,
      innerFraction: resolvedInner, folds: testsFold ? resolvedFolds : folds, seed: seed)
  }
}

extension ReadingOptions {
  /// Refuses a data set whose folders declare its sets, where a verb would split it again.
  ///
  /// - Throws: `DatasetError`.
  func checkNoDeclaredSets(_ data: String, classFolders: ClassFolders?) throws {
    let folder = try ScanFolder(root: data, classFolders: classFolders)
    if folder.declaresSets { throw DatasetError.declaredSets(path: data) }
  }
}

/// The flags of preparing a page.
struct PageOptions: ParsableArguments {
  @Option(
    help: .setting(.crop, default: TrainingSettings().preprocessing.crop.defaultValueDescription))
  var crop: CropRule?
  @Option(help: .setting(.resize))
  var resize: ResizeMethod?

  /// What is given on the command line or in a configuration.
  var given: [TrainingSetting] {
    .given([.crop: crop, .resize: resize])
  }
}
