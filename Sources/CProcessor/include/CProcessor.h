// What Swift cannot say about the processor: its instruction sets and its denormal mode.
#ifndef ECGLENS_CPROCESSOR_H
#define ECGLENS_CPROCESSOR_H

#if defined(__x86_64__)
#include <xmmintrin.h>
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

/// The x86-64 level of this processor: 4 (AVX-512), 3 (AVX2 and FMA), 2, 1; 0 where unknown.
int ecg_processor_level(void);

/// The x86-64 level that this program was compiled for, on the same scale.
int ecg_compiled_level(void);

#endif
