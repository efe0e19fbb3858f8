// Stands in for the CUDA plug-in where no card is: refuses with the line in FAKE_PLUGIN_REASON, or is a
// device that computes on the processor where there is none.
#include <cstdio>
#include <cstdlib>

#include "host_accelerator.h"

extern "C" __attribute__((visibility("default"))) lf::Accelerator* latentflow_make_accelerator(int version,
                                                                                               char* why,
                                                                                               size_t size) {
  const char* reason = std::getenv("FAKE_PLUGIN_REASON");
  if (!reason) return new lf::testing::HostAccelerator;
  std::snprintf(why, size, "%s (version %d)", reason, version);
  return nullptr;
}
