// Features of this processor that the kernels use.
#pragma once

#include <string>

namespace lf::kernels {

struct CpuFeatures {
  bool amd = false;          ///< made by AMD: its AVX512_BF16 has twice the speed of its float32, Intel's
                             ///< half
  bool avx512_bf16 = false;  ///< multiplies and adds pairs of bfloat16
  bool amx = false;          ///< AMX with bfloat16, granted to this process by the system
};

/// `features` without those named in `mask`, a list such as "amx,avx512_bf16"; "" hides nothing.
/// Throws InputError that lists the known names for any other name.
CpuFeatures masked(CpuFeatures features, const std::string& mask);

/// The features of this machine, by CPUID, without those hidden by the environment variable
/// LATENTFLOW_MASK_CPU. Read once. Throws InputError like masked().
const CpuFeatures& cpu_features();

}  // namespace lf::kernels
