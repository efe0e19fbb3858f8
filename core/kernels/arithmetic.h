// The arithmetic of products: chosen from the processor's features, never by a timing, so that the
// same machine always gives the same bytes.
#pragma once

#include <string>

#include "kernels/cpu_features.h"

namespace lf::kernels {

/// The type of a product's operands; sums are always float32.
enum class Arithmetic { Float32, BFloat16 };

/// Which instructions multiply bfloat16.
enum class BFloatUnit { None, Avx512, Amx };

/// AMX before AVX512_BF16; None where there is neither.
BFloatUnit bfloat_unit(const CpuFeatures& features);
/// Of this machine.
BFloatUnit bfloat_unit();

/// The arithmetic that the setting ("auto", "float32" or "bfloat16") selects on a processor. auto
/// is bfloat16 where that is faster: with AMX, and with AVX512_BF16 on AMD; Intel's AVX512_BF16
/// multiplies at half the speed of its float32. Throws InputError if bfloat16 is requested and the
/// processor has neither.
Arithmetic arithmetic_for(const std::string& setting, const CpuFeatures& features);
/// On this machine.
Arithmetic arithmetic_for(const std::string& setting);

/// The same for a model that was trained elsewhere: float32 if bfloat16 is requested and this
/// machine has neither.
Arithmetic possible_arithmetic(const std::string& setting);

/// "float32", "bfloat16 (AMX)", "bfloat16 (AVX512_BF16)": for display and for the record of a run.
std::string arithmetic_name(Arithmetic arithmetic, BFloatUnit unit);
std::string arithmetic_name(Arithmetic arithmetic);

}  // namespace lf::kernels
