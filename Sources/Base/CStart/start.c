// Looks at the processor before the first line of Swift, whose first instruction it may lack.
#include "CStart.h"

#include <unistd.h>

#include "CProcessor.h"

__attribute__((constructor)) ECG_ANY_PROCESSOR static void check_processor(void) {
  char line[256];
  size_t length =
      ecg_refusal(ecg_compiled_features(), ecg_processor_features(), line, sizeof line);
  if (length == 0) return;
  if (write(STDERR_FILENO, line, length) < 0) _exit(ECG_STATUS_UNFIT);
  _exit(ECG_STATUS_UNFIT);
}
