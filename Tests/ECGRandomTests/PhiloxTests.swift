// The generator gives the known answers of its authors and keeps its promises on streams.

import ECGRandom
import Testing

struct PhiloxTests {
  @Test(arguments: [
    (
      SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
      SIMD4<UInt32>(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)
    ),
    (
      SIMD4<UInt32>(repeating: .max), SIMD2<UInt32>(repeating: .max),
      SIMD4<UInt32>(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
    ),
    (
      SIMD4<UInt32>(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344),
      SIMD2<UInt32>(0xA409_3822, 0x299F_31D0),
      SIMD4<UInt32>(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
    ),
  ])
  func blockGivesTheKnownAnswers(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>, answer: SIMD4<UInt32>
  ) {
    #expect(Philox.block(counter: counter, key: key) == answer)
  }

  @Test func drawsAreTheWordsOfTheBlocks() {
    var generator = Philox(seed: 0, stream: 0)
    #expect(generator.next() == 0xE169_C58D_6627_E8D5)
    #expect(generator.next() == 0x9B00_DBD8_BC57_AC4C)
    let second = Philox.block(counter: SIMD4(1, 0, 0, 0), key: SIMD2(0, 0))
    #expect(generator.next() == UInt64(second.y) << 32 | UInt64(second.x))
    #expect(generator.drawn == 3)
  }

  @Test func seedAndStreamFillKeyAndCounter() {
    var generator = Philox(seed: 0x1122_3344_5566_7788, stream: 0x99AA_BBCC_DDEE_FF00)
    let block = Philox.block(
      counter: SIMD4(0, 0, 0xDDEE_FF00, 0x99AA_BBCC), key: SIMD2(0x5566_7788, 0x1122_3344))
    #expect(generator.next() == UInt64(block.y) << 32 | UInt64(block.x))
  }

  @Test func streamsDependOnPurposePartsAndOrder() {
    let streams = [
      Philox(seed: 1, for: .dropout), Philox(seed: 1, for: .augmentation),
      Philox(seed: 1, for: .dropout, 0), Philox(seed: 1, for: .dropout, 0, 0),
      Philox(seed: 1, for: .dropout, 1, 2), Philox(seed: 1, for: .dropout, 2, 1),
      Philox(seed: 1, for: .dropout, 3),
    ].map(\.stream)
    #expect(Set(streams).count == streams.count)
    #expect(Philox(seed: 1, for: .dropout, 1, 2).stream == streams[4])
  }
}
