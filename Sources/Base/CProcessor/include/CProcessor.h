// What Swift cannot say about the processor: its instruction sets and its denormal mode.
#ifndef ECGLENS_CPROCESSOR_H
#define ECGLENS_CPROCESSOR_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

/// Sixteen floats, as Swift's SIMD16<Float> has them in memory.
typedef float ecg_floats __attribute__((vector_size(64), may_alias));

/// Whether the target has an instruction that multiplies and adds in one rounding.
#if defined(__FMA__) || defined(__aarch64__)
#define ECG_FUSES 1
#else
#define ECG_FUSES 0
#endif
static inline int ecg_fuses_multiply_add(void) { return ECG_FUSES; }

/// *a += x y for sixteen floats, as the target does it best: in one rounding, or in two where it has
/// no instruction for one. Once this is inlined the pointers are registers.
///
/// Swift's own `addingProduct` is sixteen operations that the optimiser has to join again, which
/// ends in halves where there are many, and calls `fmaf` where there is no instruction.
static inline __attribute__((always_inline)) void ecg_add_product(
    void *a, const void *x, const void *y) {
  ecg_floats sum = *(const ecg_floats *)a;
#if ECG_FUSES
  sum = __builtin_elementwise_fma(*(const ecg_floats *)x, *(const ecg_floats *)y, sum);
#else
  sum = sum + *(const ecg_floats *)x * *(const ecg_floats *)y;
#endif
  *(ecg_floats *)a = sum;
}

/// Keeps a function to the instructions of the first x86-64 processors, whatever the build is for.
#if defined(__x86_64__)
#define ECG_ANY_PROCESSOR                                                                          \
  __attribute__((target("arch=x86-64,no-sse3,no-avx,no-bmi,no-bmi2,no-lzcnt,no-popcnt,no-movbe")))
#else
#define ECG_ANY_PROCESSOR
#endif

/// Makes denormal results and operands zero on the calling thread, and returns its former mode: a
/// dead channel or Adam's second moment would otherwise slow every multiplication by a hundred times.
static inline unsigned ecg_flush_denormals(void) {
#if defined(__x86_64__)
  unsigned former = _mm_getcsr();
  _mm_setcsr(former | 0x8040);
  return former;
#else
  return 0;
#endif
}

/// Puts back what `ecg_flush_denormals` returned.
static inline void ecg_restore_denormals(unsigned former) {
#if defined(__x86_64__)
  _mm_setcsr(former);
#else
  (void)former;
#endif
}

/// Asks for a cache line that will be read soon; any address will do.
static inline void ecg_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// The same for one that will be written soon.
static inline void ecg_prefetch_to_write(const void *address) { __builtin_prefetch(address, 1, 3); }

/// The instructions beyond the first x86-64 processors that this program was compiled for, a bit
/// each; 0 on other architectures.
uint64_t ecg_compiled_features(void);

/// Those that this processor has and the system lets programs use.
uint64_t ecg_processor_features(void);

/// The x86-64 level whose instructions `features` holds: 4, 3, 2, 1; 0 on other architectures.
int ecg_level(uint64_t features);

/// All features of a level.
uint64_t ecg_features_of_level(int level);

/// Why a program compiled for some features cannot run where others are present, as one line with
/// the remedy and a newline.
///
/// Returns its length, at most `size - 1`; 0 where nothing is lacking.
size_t ecg_refusal(uint64_t compiled, uint64_t present, char *line, size_t size);

/// The processor's own name, for people; empty where it tells none.
void ecg_processor_name(char name[49]);

#endif
