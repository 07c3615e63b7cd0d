// swift-tools-version: 6.2
import PackageDescription

// The modules by layer, in their order: a target imports only targets above it. A layer's sources lie
// in `Sources/LAYER/MODULE` (`scripts/check-modules.swift` checks both).
let layers: [(name: String, modules: [(name: String, dependencies: [String])])] = [
  (
    "Base",
    [
      ("ECGTerms", []),
      ("ECGRandom", []),
      ("ECGStatistics", []),
      ("ECGLinearAlgebra", ["COpenBLAS"]),
      ("ECGParallel", ["CProcessor"]),
      ("ECGFiles", ["CLibcrypto"]),
    ]
  ),
  (
    "Data",
    [
      ("ECGRaster", ["ECGRandom", "ECGFiles", "CPNG", "CTurboJPEG"]),
      ("ECGRecordings", ["ECGTerms", "ECGFiles"]),
      ("ECGLayouts", ["ECGTerms", "ECGRaster"]),
      ("ECGSignals", ["ECGTerms", "ECGRandom", "ECGStatistics", "ECGRecordings"]),
      (
        "ECGPages",
        [
          "ECGTerms", "ECGRecordings", "ECGSignals", "ECGRandom", "ECGRaster", "ECGLayouts",
          "ECGFiles", "ECGParallel", "CCairo",
        ]
      ),
      ("ECGMeasures", ["ECGTerms", "ECGStatistics", "ECGLinearAlgebra", "ECGRecordings"]),
      (
        "ECGTraces",
        [
          "ECGTerms", "ECGStatistics", "ECGRecordings", "ECGRaster", "ECGLayouts", "ECGFiles",
        ]
      ),
      (
        "ECGSimilarity",
        [
          "ECGTerms", "ECGStatistics", "ECGLinearAlgebra", "ECGParallel", "ECGFiles", "ECGRaster",
          "ECGRecordings",
          "ECGTraces",
        ]
      ),
      (
        "ECGDatasets",
        [
          "ECGTerms", "ECGRaster", "ECGFiles", "ECGRandom", "ECGParallel", "ECGRecordings",
          "ECGTraces", "ECGSimilarity",
        ]
      ),
    ]
  ),
  (
    "Model",
    [
      ("ECGTensors", ["ECGParallel", "CProcessor"]),
      ("ECGNetworks", ["ECGTensors", "ECGParallel", "ECGRandom"]),
      ("ECGWeights", ["ECGNetworks", "ECGFiles"]),
      (
        "ECGBaselines",
        ["ECGTerms", "ECGStatistics", "ECGLinearAlgebra", "ECGRecordings", "ECGMeasures"]
      ),
    ]
  ),
  ("Metrics", [("ECGMetrics", ["ECGRandom", "ECGLinearAlgebra"])]),
  (
    "Training",
    [
      (
        "ECGTraining",
        [
          "ECGTerms", "ECGStatistics", "ECGParallel", "ECGFiles", "ECGRaster", "ECGNetworks",
          "ECGWeights",
          "ECGDatasets", "ECGMetrics", "ECGMeasures", "ECGBaselines", "ECGTraces",
        ]
      )
    ]
  ),
  (
    "Analysis",
    [
      (
        "ECGExplanations",
        ["ECGTerms", "ECGNetworks", "ECGRaster", "ECGLayouts", "ECGParallel"]
      ),
      (
        "ECGInference",
        [
          "ECGTerms", "ECGParallel", "ECGFiles", "ECGRaster", "ECGLayouts", "ECGMeasures",
          "ECGTraces",
          "ECGDatasets", "ECGNetworks", "ECGBaselines", "ECGTraining", "ECGExplanations",
        ]
      ),
      (
        "ECGExperiments",
        [
          "ECGTerms", "ECGTraining", "ECGNetworks", "ECGDatasets", "ECGMetrics", "ECGFiles",
          "ECGParallel", "ECGRandom", "ECGRaster", "ECGLayouts", "ECGTraces", "ECGMeasures",
          "ECGBaselines",
        ]
      ),
    ]
  ),
  (
    "Report",
    [
      ("ECGPlotting", ["CCairo"]),
      (
        "ECGFigures",
        [
          "ECGTerms", "ECGPlotting", "ECGMetrics", "ECGRaster", "ECGFiles", "ECGLayouts",
        ]
      ),
      ("ECGReports", ["ECGTerms", "ECGFigures", "ECGPlotting", "ECGMetrics", "ECGFiles"]),
      (
        "ECGResults",
        [
          "ECGTerms", "ECGParallel", "ECGFiles", "ECGLayouts", "ECGMeasures", "ECGTraces",
          "ECGSimilarity", "ECGDatasets", "ECGNetworks", "ECGMetrics", "ECGTraining",
          "ECGInference", "ECGExperiments", "ECGFigures",
        ]
      ),
      (
        "ECGRunReports",
        [
          "ECGTerms", "ECGParallel", "ECGFiles", "ECGRaster", "ECGLayouts", "ECGSimilarity",
          "ECGDatasets", "ECGNetworks", "ECGBaselines", "ECGMetrics", "ECGTraining",
          "ECGExplanations", "ECGInference", "ECGExperiments", "ECGPlotting", "ECGFigures",
          "ECGReports", "ECGResults",
        ]
      ),
      (
        "ECGOutputs",
        [
          "ECGTerms", "ECGStatistics", "ECGParallel", "ECGFiles", "ECGRaster", "ECGRecordings",
          "ECGLayouts", "ECGSignals", "ECGPages", "ECGMeasures", "ECGTraces", "ECGDatasets",
          "ECGTraining",
          "ECGInference", "ECGExperiments", "ECGPlotting", "ECGFigures", "ECGReports",
          "ECGResults", "ECGRunReports",
        ]
      ),
      (
        "ECGMachine",
        [
          "ECGStatistics", "ECGRandom", "ECGLinearAlgebra", "ECGParallel", "ECGFiles", "ECGLayouts",
          "ECGSignals", "ECGPages", "ECGNetworks", "ECGPlotting", "ECGResults", "CCairo", "CPNG",
          "CLibcrypto",
        ]
      ),
    ]
  ),
]
let modules = layers.flatMap(\.modules)

// What a module's tests use besides what the module itself does.
let testDependencies: [String: [String]] = [
  "ECGTensors": ["ECGStatistics"],
  "ECGMetrics": ["ECGStatistics"],
  "ECGLinearAlgebra": ["ECGRandom"],
  "ECGMeasures": ["ECGSignals", "ECGFiles"],
  "ECGBaselines": ["ECGSignals"],
  "ECGTraces": ["ECGSignals", "ECGPages"],
  "ECGSimilarity": ["ECGSignals", "ECGLayouts", "ECGPages"],
  "ECGDatasets": ["ECGLayouts", "ECGSignals", "ECGPages"],
  "ECGTraining": ["ECGRecordings", "ECGSignals", "ECGPages"],
  "ECGExplanations": ["ECGPages"],
  "ECGInference": ["ECGRandom", "ECGStatistics", "ECGSignals", "ECGPages"],
  "ECGExperiments": ["ECGPages"],
  "ECGFigures": ["ECGPages"],
  "ECGReports": ["ECGLayouts", "ECGRaster", "ECGPages"],
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

func dependencies(_ names: [String]) -> [Target.Dependency] { names.map { .target(name: $0) } }

let systemTargets: [Target] = systemLibraries.map {
  .systemLibrary(
    name: $0.name, path: "Sources/Base/\($0.name)", pkgConfig: $0.pkgConfig,
    providers: [.apt([$0.debian])])
}

let cTargets: [Target] = [
  .target(name: "CProcessor", path: "Sources/Base/CProcessor"),
  .target(name: "CStart", dependencies: ["CProcessor"], path: "Sources/Base/CStart"),
]

let moduleTargets: [Target] = layers.flatMap { layer in
  layer.modules.map { module in
    .target(
      name: module.name, dependencies: dependencies(module.dependencies),
      path: "Sources/\(layer.name)/\(module.name)", swiftSettings: settings)
  }
}

let program: Target = .executableTarget(
  name: "ecglens",
  dependencies: dependencies(modules.map(\.name) + ["CStart"]) + [
    .product(name: "ArgumentParser", package: "swift-argument-parser"),
    .product(name: "Yams", package: "Yams"),
  ],
  path: "Sources/Program/ecglens", swiftSettings: settings)

let example: Target = .executableTarget(
  name: "ClassifyPages",
  dependencies: dependencies(["ECGInference", "ECGParallel", "ECGTraining"]),
  path: "Sources/Program/ClassifyPages", swiftSettings: settings)

let testTargets: [Target] =
  modules.map { module in
    let names = module.dependencies + [module.name, "TestSupport"]
    return .testTarget(
      name: "\(module.name)Tests",
      dependencies: dependencies(names + (testDependencies[module.name] ?? [])),
      exclude: module.name == "ECGFigures" ? ["Snapshots"] : [], swiftSettings: settings)
  } + [
    .testTarget(
      name: "ecglensTests",
      dependencies: dependencies([
        "ecglens", "TestSupport", "CStart", "ECGFiles", "ECGMachine", "ECGParallel", "ECGRaster",
        "ECGRecordings", "ECGTerms", "ECGWeights",
      ]),
      exclude: ["Snapshots"], swiftSettings: settings)
  ]

let testSupport: Target = .target(
  name: "TestSupport", dependencies: ["ECGRandom"], path: "Tests/Support", swiftSettings: settings)

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
  targets: systemTargets + cTargets + moduleTargets + [program, example, testSupport] + testTargets
)
