// A program is refused where the processor lacks what it was compiled for, and nowhere else.

import CProcessor
import ECGParallel
import Testing

struct InstructionSetTests {
  /// The refusal of a program compiled for some features where others are present.
  private func refusal(_ compiled: UInt64, _ present: UInt64, room: Int = 256) -> String {
    var line = [CChar](repeating: 0x2E, count: room)
    let length = ecg_refusal(compiled, present, &line, line.count)
    return String(decoding: line.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  #if arch(x86_64)
    @Test(arguments: 1...4, 1...4)
    func aLevelRunsOnItselfAndAbove(compiled: Int32, present: Int32) {
      let line = refusal(ecg_features_of_level(compiled), ecg_features_of_level(present))
      #expect(line.isEmpty == (compiled <= present))
      if compiled > present {
        let level = InstructionSet.allCases[Int(present)].rawValue
        #expect(line.hasPrefix("ecglens: built for "))
        #expect(line.contains("(\(level))"))
        #expect(line.hasSuffix("-Xcc -march=\(level)\n"))
        #expect(line.count { $0 == "\n" } == 1)
      }
    }

    @Test func theFirstLackingFeatureIsNamed() {
      #expect(
        refusal(ecg_features_of_level(4), ecg_features_of_level(3))
          == "ecglens: built for x86-64-v4 and this processor (x86-64-v3) lacks avx512f; "
          + "run scripts/build here, or swift build -c release -Xcc -march=x86-64-v3\n")
    }

    @Test func oneFeatureBeyondTheLevelIsEnoughToRefuse() {
      let beyond: UInt64 = 1 << 20
      #expect(ecg_features_of_level(4) & beyond == 0)
      let line = refusal(ecg_features_of_level(4) | beyond, ecg_features_of_level(4))
      #expect(line.contains("lacks avx512vbmi;"))
    }

    @Test func aLineThatIsTooLongIsCut() {
      #expect(refusal(ecg_features_of_level(4), 0, room: 20) == "ecglens: built for ")
    }

    @Test(arguments: 1...4)
    func aLevelIsKnownByAllItsFeatures(level: Int32) {
      let features = ecg_features_of_level(level)
      #expect(ecg_level(features) == level)
      #expect(ecg_level(features | 1 << 40) == level)
      if level > 1 { #expect(ecg_level(features & (features - 1)) == 1) }
    }

    @Test func multiplyAddIsFusedFromTheThirdLevel() {
      let fma = ecg_features_of_level(3) & ecg_compiled_features() & 1 << 8
      #expect(InstructionSet.fusesMultiplyAdd == (fma != 0))
    }

    @Test func theProcessorTellsItsLevelAndName() {
      #expect(InstructionSet.processor >= .level1)
      #expect(InstructionSet.processorName?.isEmpty == false)
    }
  #endif

  @Test func thisBuildFitsThisProcessor() {
    #expect(refusal(ecg_compiled_features(), ecg_processor_features()).isEmpty)
    #expect(InstructionSet.compiled <= InstructionSet.processor)
  }

  @Test func levelsAreOrdered() {
    #expect(InstructionSet.allCases == InstructionSet.allCases.sorted())
    #expect(InstructionSet.level2 < .level3)
  }
}
