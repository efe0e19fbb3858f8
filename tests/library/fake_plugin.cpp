// Replaces the CUDA plug-in if there is no card: refuses with the line in FAKE_PLUGIN_REASON, or,
// without it, is a device that computes on the processor.
#include <cstdio>
#include <cstdlib>

#include "host_accelerator.h"

extern "C" __attribute__((visibility("default"))) lf::training::Accelerator* latentflow_make_accelerator(
    int version, char* why, size_t size) {
  const char* reason = std::getenv("FAKE_PLUGIN_REASON");
  if (!reason) return new lf::testing::HostAccelerator;
  std::snprintf(why, size, "%s (version %d)", reason, version);
  return nullptr;
}
