#include "kernels/arithmetic.h"

#include "base/errors.h"

namespace lf::kernels {

BFloatUnit bfloat_unit(const CpuFeatures& features) {
  if (features.amx) return BFloatUnit::Amx;
  return features.avx512_bf16 ? BFloatUnit::Avx512 : BFloatUnit::None;
}

BFloatUnit bfloat_unit() { return bfloat_unit(cpu_features()); }

Arithmetic arithmetic_for(const std::string& setting, const CpuFeatures& features) {
  if (setting == "float32") return Arithmetic::Float32;
  const BFloatUnit unit = bfloat_unit(features);
  if (setting == "auto") {
    const bool faster = unit == BFloatUnit::Amx || (unit == BFloatUnit::Avx512 && features.amd);
    return faster ? Arithmetic::BFloat16 : Arithmetic::Float32;
  }
  if (setting != "bfloat16") throw InputError("unknown arithmetic '" + setting + "'");
  if (unit == BFloatUnit::None) {
    throw InputError(
        "arithmetic bfloat16: this processor has neither AMX nor AVX512_BF16; choose auto or float32");
  }
  return Arithmetic::BFloat16;
}

Arithmetic arithmetic_for(const std::string& setting) { return arithmetic_for(setting, cpu_features()); }

Arithmetic possible_arithmetic(const std::string& setting) {
  return bfloat_unit() == BFloatUnit::None ? Arithmetic::Float32 : arithmetic_for(setting);
}

std::string arithmetic_name(Arithmetic arithmetic, BFloatUnit unit) {
  if (arithmetic == Arithmetic::Float32) return "float32";
  return unit == BFloatUnit::Amx ? "bfloat16 (AMX)" : "bfloat16 (AVX512_BF16)";
}

std::string arithmetic_name(Arithmetic arithmetic) { return arithmetic_name(arithmetic, bfloat_unit()); }

}  // namespace lf::kernels
