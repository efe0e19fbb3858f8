// What this processor can do for products, as far as a kernel here makes use of it.
#pragma once

#include <string>

namespace lf {

struct CpuFeatures {
  bool amd = false;          ///< made by AMD: its AVX512_BF16 is twice as fast as its float32, others' half
  bool avx512_bf16 = false;  ///< multiplies and adds pairs of bfloat16
  bool amx = false;          ///< AMX with bfloat16, granted to this process by the system
};

/// `features` without those named in `mask`, a list such as "amx,avx512_bf16"; "" hides nothing. Throws
/// InputError that lists the known names for any other.
CpuFeatures masked(CpuFeatures features, const std::string& mask);

/// Of this machine, by CPUID, without what the environment variable LATENTFLOW_MASK_CPU hides. Asked once.
/// Throws InputError as masked() does.
const CpuFeatures& cpu_features();

}  // namespace lf
