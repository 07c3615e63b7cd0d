// swift-tools-version: 6.2
import PackageDescription

// The modules in their order: a target imports only targets above it (`scripts/test` checks it).
let modules: [(name: String, dependencies: [String])] = [
  ("ECGTerms", []),
  ("ECGRandom", []),
  ("ECGLinearAlgebra", ["COpenBLAS"]),
  ("ECGParallel", ["CProcessor"]),
  ("ECGFiles", ["CLibcrypto"]),
  ("ECGRaster", ["ECGRandom", "ECGFiles", "CPNG", "CTurboJPEG"]),
  ("ECGRecordings", ["ECGTerms", "ECGFiles"]),
  ("ECGMetrics", ["ECGRandom", "ECGLinearAlgebra"]),
  ("ECGTensors", ["ECGParallel", "CProcessor"]),
  ("ECGNetworks", ["ECGTensors", "ECGParallel", "ECGRandom"]),
  ("ECGWeights", ["ECGNetworks", "ECGFiles"]),
  ("ECGSignals", ["ECGTerms", "ECGRandom", "ECGRecordings"]),
  ("ECGMeasures", ["ECGTerms", "ECGLinearAlgebra", "ECGRecordings"]),
  ("ECGBaselines", ["ECGTerms", "ECGLinearAlgebra", "ECGRecordings", "ECGMeasures"]),
  ("ECGPlotting", ["CCairo"]),
  (
    "ECGPages",
    [
      "ECGTerms", "ECGRecordings", "ECGSignals", "ECGRandom", "ECGRaster", "ECGFiles",
      "ECGParallel", "CCairo",
    ]
  ),
  ("ECGTraces", ["ECGTerms", "ECGRecordings", "ECGRaster", "ECGPages", "ECGFiles"]),
  (
    "ECGSimilarity",
    ["ECGTerms", "ECGLinearAlgebra", "ECGParallel", "ECGRaster", "ECGRecordings", "ECGTraces"]
  ),
  (
    "ECGDatasets",
    [
      "ECGTerms", "ECGRaster", "ECGFiles", "ECGRandom", "ECGParallel", "ECGRecordings",
      "ECGMeasures", "ECGBaselines", "ECGTraces", "ECGSimilarity",
    ]
  ),
  (
    "ECGTraining",
    [
      "ECGTerms", "ECGRandom", "ECGParallel", "ECGFiles", "ECGNetworks", "ECGWeights",
      "ECGDatasets", "ECGMetrics", "ECGBaselines", "ECGTraces",
    ]
  ),
  (
    "ECGExplanations",
    [
      "ECGTerms", "ECGNetworks", "ECGRaster", "ECGPages", "ECGDatasets", "ECGParallel",
    ]
  ),
  (
    "ECGExperiments",
    [
      "ECGTerms", "ECGTraining", "ECGNetworks", "ECGDatasets", "ECGMetrics", "ECGFiles",
      "ECGParallel", "ECGRandom", "ECGRaster", "ECGPages", "ECGTraces", "ECGMeasures",
      "ECGBaselines",
    ]
  ),
  (
    "ECGFigures",
    [
      "ECGTerms", "ECGPlotting", "ECGMetrics", "ECGRaster", "ECGFiles", "ECGPages",
    ]
  ),
  ("ECGReports", ["ECGTerms", "ECGFigures", "ECGPlotting", "ECGMetrics", "ECGFiles", "ECGRaster"]),
]

// What a module's tests use besides what the module itself does.
let testDependencies: [String: [String]] = [
  "ECGLinearAlgebra": ["ECGRandom"],
  "ECGMeasures": ["ECGSignals", "ECGFiles"],
  "ECGBaselines": ["ECGSignals"],
  "ECGDatasets": ["ECGSignals", "ECGPages"],
  "ECGTraining": ["ECGMeasures", "ECGRecordings", "ECGSignals"],
]

// System libraries: pkg-config name and the Debian package that brings it.
let systemLibraries: [(name: String, pkgConfig: String, debian: String)] = [
  ("CCairo", "cairo", "libcairo2-dev"),
  ("CPNG", "libpng", "libpng-dev"),
  ("CTurboJPEG", "libturbojpeg", "libturbojpeg0-dev"),
  ("CLibcrypto", "libcrypto", "libssl-dev"),
  ("COpenBLAS", "openblas", "libopenblas-dev"),
]

let settings: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

func dependency(_ name: String) -> Target.Dependency { .target(name: name) }

let package = Package(
  name: "ECGLens",
  products: [
    .executable(name: "ecglens", targets: ["ecglens"]),
    .library(name: "ECGLensKit", targets: modules.map(\.name)),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: systemLibraries.map {
    .systemLibrary(name: $0.name, pkgConfig: $0.pkgConfig, providers: [.apt([$0.debian])])
  }
    + [.target(name: "CProcessor"), .target(name: "CStart", dependencies: ["CProcessor"])]
    + modules.map {
      .target(name: $0.name, dependencies: $0.dependencies.map(dependency), swiftSettings: settings)
    }
    + [
      .executableTarget(
        name: "ecglens",
        dependencies: (modules.map(\.name) + systemLibraries.map(\.name) + ["CStart"])
          .map(dependency) + [
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "Yams", package: "Yams"),
          ],
        swiftSettings: settings),
      .target(
        name: "TestSupport", dependencies: ["ECGRandom"], path: "Tests/Support",
        swiftSettings: settings),
    ]
    + modules.map {
      .testTarget(
        name: "\($0.name)Tests",
        dependencies: ($0.dependencies + [$0.name, "TestSupport"]
          + (testDependencies[$0.name] ?? [])).map(dependency),
        swiftSettings: settings)
    }
    + [
      .testTarget(
        name: "ecglensTests",
        dependencies: [
          "ecglens", "TestSupport", "CStart", "ECGFiles", "ECGLinearAlgebra", "ECGParallel",
          "ECGRaster", "ECGRecordings", "ECGTerms", "ECGWeights",
        ],
        swiftSettings: settings)
    ]
)
