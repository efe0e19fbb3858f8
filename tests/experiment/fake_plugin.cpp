// Stands in for the CUDA plug-in where no card is: refuses with the line it is told in FAKE_PLUGIN_REASON.
#include <cstdio>
#include <cstdlib>

#include "training/accelerator.h"

extern "C" __attribute__((visibility("default"))) lf::Accelerator* latentflow_make_accelerator(int version,
                                                                                               char* why,
                                                                                               size_t size) {
  const char* reason = std::getenv("FAKE_PLUGIN_REASON");
  std::snprintf(why, size, "%s (version %d)", reason ? reason : "no reason", version);
  return nullptr;
}
