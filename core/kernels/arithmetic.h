// In which numbers products are computed: the one decision, made from what the processor is, never by a
// stopwatch, so that the same machine always gives the same bytes.
#pragma once

#include <string>

#include "kernels/cpu_features.h"

namespace lf {

/// What a product multiplies; it always adds in float32.
enum class Arithmetic { Float32, BFloat16 };

/// Which instructions multiply bfloat16.
enum class BFloatUnit { None, Avx512, Amx };

/// AMX before AVX512_BF16; None where there is neither.
BFloatUnit bfloat_unit(const CpuFeatures& features);
/// Of this machine.
BFloatUnit bfloat_unit();

/// What the setting `arithmetic` ("auto", "float32" or "bfloat16") means on a processor. auto is bfloat16
/// where that is the faster one: with AMX, and with AVX512_BF16 on AMD; Intel's AVX512_BF16 multiplies half
/// as fast as its float32. Throws InputError where bfloat16 is asked for and the processor has neither.
Arithmetic arithmetic_for(const std::string& setting, const CpuFeatures& features);
/// On this machine.
Arithmetic arithmetic_for(const std::string& setting);

/// The same for looking at a model that was trained elsewhere: float32 where bfloat16 is asked for and this
/// machine has neither.
Arithmetic possible_arithmetic(const std::string& setting);

/// "float32", "bfloat16 (AMX)", "bfloat16 (AVX512_BF16)": for people and for the record of a run.
std::string arithmetic_name(Arithmetic arithmetic, BFloatUnit unit);
std::string arithmetic_name(Arithmetic arithmetic);

}  // namespace lf
