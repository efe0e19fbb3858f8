#include "kernels/cpu_features.h"

#include <ATen/native/CPUBlas.h>

#include <cstdlib>
#include <sstream>

#include "base/errors.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace lf::kernels {
namespace {

#if defined(__x86_64__)

/// True if AMX's tiles and its bfloat16 exist (CPUID leaf 7, EDX bits 24 and 22). oneDNN requests
/// permission to use them from the system, once per process, and reports whether it was granted.
bool has_amx() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  const bool present = (d >> 24 & 1) && (d >> 22 & 1);
  return present && at::native::cpublas::could_pack(at::kBFloat16);
}

CpuFeatures asked() {
  const bool pairs = __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512bw") &&
                     __builtin_cpu_supports("avx512vl");
  return {__builtin_cpu_is("amd") != 0, pairs, pairs && has_amx()};
}

#else

CpuFeatures asked() { return {}; }

#endif

}  // namespace

CpuFeatures masked(CpuFeatures features, const std::string& mask) {
  std::istringstream names(mask);
  for (std::string name; std::getline(names, name, ',');) {
    if (name == "amx") {
      features.amx = false;
    } else if (name == "avx512_bf16") {
      features.avx512_bf16 = features.amx = false;  // the conversion that feeds the tiles uses it
    } else {
      throw InputError("LATENTFLOW_MASK_CPU: unknown feature '" + name + "'; known are amx, avx512_bf16");
    }
  }
  return features;
}

const CpuFeatures& cpu_features() {
  static const CpuFeatures features = [] {
    const char* mask = std::getenv("LATENTFLOW_MASK_CPU");
    return masked(asked(), mask ? mask : "");
  }();
  return features;
}

}  // namespace lf::kernels
