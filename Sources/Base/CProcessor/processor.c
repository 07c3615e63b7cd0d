// Instruction sets: what the program was compiled for, what the processor has, what is lacking.
//
// All of this must run where the program as a whole cannot: every function is ECG_ANY_PROCESSOR.
#include "CProcessor.h"

#include <stdio.h>
#include <string.h>

#if defined(__x86_64__)

#include <cpuid.h>

// 1 where a macro is defined as 1, else 0.
#define SECOND(first, second, ...) second
#define COMMA_1 0,
#define IS_ONE_(comma) SECOND(comma 1, 0, 0)
#define IS_ONE(value) IS_ONE_(COMMA_##value)
#define DEFINED(macro) IS_ONE(macro)

enum { BASIC, EXTENDED, EXTENDED_1, VENDOR, LEAVES };
enum { EAX, EBX, ECX, EDX };
// What the system must save for a program that uses the registers.
enum { NONE = 0, YMM = 0x06, ZMM = 0xe6 };

// What a compiler may use unasked.
typedef struct {
  const char *name;
  unsigned char level;  // The first x86-64 level that has it; 9: none.
  unsigned char leaf, word, bit;
  unsigned char state;
  unsigned char compiled;
} feature;

static const feature features[] = {
    {"sse3", 2, BASIC, ECX, 0, NONE, DEFINED(__SSE3__)},
    {"ssse3", 2, BASIC, ECX, 9, NONE, DEFINED(__SSSE3__)},
    {"cx16", 2, BASIC, ECX, 13, NONE, DEFINED(__GCC_HAVE_SYNC_COMPARE_AND_SWAP_16)},
    {"sse4_1", 2, BASIC, ECX, 19, NONE, DEFINED(__SSE4_1__)},
    {"sse4_2", 2, BASIC, ECX, 20, NONE, DEFINED(__SSE4_2__)},
    {"popcnt", 2, BASIC, ECX, 23, NONE, DEFINED(__POPCNT__)},
    {"avx", 3, BASIC, ECX, 28, YMM, DEFINED(__AVX__)},
    {"avx2", 3, EXTENDED, EBX, 5, YMM, DEFINED(__AVX2__)},
    {"fma", 3, BASIC, ECX, 12, YMM, DEFINED(__FMA__)},
    {"f16c", 3, BASIC, ECX, 29, YMM, DEFINED(__F16C__)},
    {"bmi1", 3, EXTENDED, EBX, 3, NONE, DEFINED(__BMI__)},
    {"bmi2", 3, EXTENDED, EBX, 8, NONE, DEFINED(__BMI2__)},
    {"lzcnt", 3, VENDOR, ECX, 5, NONE, DEFINED(__LZCNT__)},
    {"movbe", 3, BASIC, ECX, 22, NONE, DEFINED(__MOVBE__)},
    {"avx512f", 4, EXTENDED, EBX, 16, ZMM, DEFINED(__AVX512F__)},
    {"avx512vl", 4, EXTENDED, EBX, 31, ZMM, DEFINED(__AVX512VL__)},
    {"avx512bw", 4, EXTENDED, EBX, 30, ZMM, DEFINED(__AVX512BW__)},
    {"avx512dq", 4, EXTENDED, EBX, 17, ZMM, DEFINED(__AVX512DQ__)},
    {"avx512cd", 4, EXTENDED, EBX, 28, ZMM, DEFINED(__AVX512CD__)},
    {"avx512ifma", 9, EXTENDED, EBX, 21, ZMM, DEFINED(__AVX512IFMA__)},
    {"avx512vbmi", 9, EXTENDED, ECX, 1, ZMM, DEFINED(__AVX512VBMI__)},
    {"avx512_vbmi2", 9, EXTENDED, ECX, 6, ZMM, DEFINED(__AVX512VBMI2__)},
    {"avx512_vnni", 9, EXTENDED, ECX, 11, ZMM, DEFINED(__AVX512VNNI__)},
    {"avx512_bitalg", 9, EXTENDED, ECX, 12, ZMM, DEFINED(__AVX512BITALG__)},
    {"avx512_vpopcntdq", 9, EXTENDED, ECX, 14, ZMM, DEFINED(__AVX512VPOPCNTDQ__)},
    {"avx512_bf16", 9, EXTENDED_1, EAX, 5, ZMM, DEFINED(__AVX512BF16__)},
    {"avx512_fp16", 9, EXTENDED, EDX, 23, ZMM, DEFINED(__AVX512FP16__)},
    {"avx_vnni", 9, EXTENDED_1, EAX, 4, YMM, DEFINED(__AVXVNNI__)},
    {"avx_ifma", 9, EXTENDED_1, EAX, 23, YMM, DEFINED(__AVXIFMA__)},
    {"avx_ne_convert", 9, EXTENDED_1, EDX, 5, YMM, DEFINED(__AVXNECONVERT__)},
    {"gfni", 9, EXTENDED, ECX, 8, NONE, DEFINED(__GFNI__)},
    {"sse4a", 9, VENDOR, ECX, 6, NONE, DEFINED(__SSE4A__)},
    {"xop", 9, VENDOR, ECX, 11, YMM, DEFINED(__XOP__)},
    {"fma4", 9, VENDOR, ECX, 16, YMM, DEFINED(__FMA4__)},
    {"tbm", 9, VENDOR, ECX, 21, NONE, DEFINED(__TBM__)},
};
enum { COUNT = sizeof features / sizeof *features };
_Static_assert(COUNT <= 64, "a feature is a bit of 64");

ECG_ANY_PROCESSOR uint64_t ecg_compiled_features(void) {
  uint64_t set = 0;
  for (int i = 0; i < COUNT; i++) set |= (uint64_t)features[i].compiled << i;
  return set;
}

ECG_ANY_PROCESSOR static void ask(unsigned leaf, unsigned subleaf, unsigned words[4]) {
  unsigned highest, b, c, d;
  __cpuid(leaf & 0x80000000, highest, b, c, d);
  if (highest < leaf) {
    words[EAX] = words[EBX] = words[ECX] = words[EDX] = 0;
    return;
  }
  __cpuid_count(leaf, subleaf, words[EAX], words[EBX], words[ECX], words[EDX]);
}

// What the system saves when it switches programs, a bit for each kind of register.
ECG_ANY_PROCESSOR static unsigned saved_state(unsigned basic_ecx) {
  if (!(basic_ecx & bit_OSXSAVE)) return 0;
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

ECG_ANY_PROCESSOR uint64_t ecg_processor_features(void) {
  unsigned words[LEAVES][4];
  ask(1, 0, words[BASIC]);
  ask(7, 0, words[EXTENDED]);
  if (words[EXTENDED][EAX] >= 1)
    ask(7, 1, words[EXTENDED_1]);
  else
    words[EXTENDED_1][EAX] = words[EXTENDED_1][EDX] = 0;
  ask(0x80000001, 0, words[VENDOR]);
  unsigned saved = saved_state(words[BASIC][ECX]);
  uint64_t set = 0;
  for (int i = 0; i < COUNT; i++) {
    const feature *f = &features[i];
    if ((words[f->leaf][f->word] >> f->bit & 1) && (saved & f->state) == f->state)
      set |= (uint64_t)1 << i;
  }
  return set;
}

ECG_ANY_PROCESSOR uint64_t ecg_features_of_level(int level) {
  uint64_t set = 0;
  for (int i = 0; i < COUNT; i++)
    if (features[i].level <= level) set |= (uint64_t)1 << i;
  return set;
}

ECG_ANY_PROCESSOR int ecg_level(uint64_t set) {
  for (int level = 4; level > 1; level--) {
    uint64_t whole = ecg_features_of_level(level);
    if ((set & whole) == whole) return level;
  }
  return 1;
}

ECG_ANY_PROCESSOR size_t ecg_refusal(uint64_t compiled, uint64_t present, char *line, size_t size) {
  static const char *const levels[] = {"", "x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"};
  uint64_t lacking = compiled & ~present;
  if (!lacking) return 0;
  int first = 0;
  while (!(lacking >> first & 1)) first++;
  const char *here = levels[ecg_level(present)];
  int length = snprintf(
      line, size,
      "ecglens: built for %s and this processor (%s) lacks %s; "
      "run scripts/build here, or swift build -c release -Xcc -march=%s\n",
      levels[ecg_level(compiled)], here, features[first].name, here);
  return length < (int)size ? (size_t)length : size - 1;
}

ECG_ANY_PROCESSOR void ecg_processor_name(char name[49]) {
  unsigned words[12];
  for (unsigned part = 0; part < 3; part++) ask(0x80000002 + part, 0, words + 4 * part);
  memcpy(name, words, 48);
  name[48] = 0;
}

#else

uint64_t ecg_compiled_features(void) { return 0; }
uint64_t ecg_processor_features(void) { return 0; }
uint64_t ecg_features_of_level(int level) { return 0; }
int ecg_level(uint64_t set) { return 0; }
size_t ecg_refusal(uint64_t compiled, uint64_t present, char *line, size_t size) { return 0; }
void ecg_processor_name(char name[49]) { name[0] = 0; }

#endif
