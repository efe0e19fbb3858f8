// The entry point for libFuzzer.
#include "fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  lf::fuzz::fuzz_one(data, size);
  return 0;
}
