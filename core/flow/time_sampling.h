// Distribution of training times: four distributions on [0, 1), one table of names.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace lf::flow {

/// How training times are drawn.
enum class TimeLaw {
  Uniform,      ///< independent, uniform
  Stratified,   ///< evenly spread over the batch from one random offset: uniform with less noise
  LogitNormal,  ///< sigmoid of N(0, 1): middle times, where the velocity is hardest to predict, are more
                ///< frequent
  Mixed,        ///< stratified; 90 % of the samples mapped to logit-normal(0, 1), 10 % left uniform
};

/// No sampled time exceeds 1 - kTimeMargin.
inline constexpr double kTimeMargin = 1e-5;

/// Identifier and distribution, in the order of the menus.
const std::vector<std::pair<std::string, TimeLaw>>& time_laws();

/// The distribution with that identifier. InputError, listing the known ones, when there is none.
TimeLaw time_law_from_name(const std::string& name);

/// `t_i = (u + i / batch) mod (1 - 1e-5)`, float32 (batch), computed in float32 like the reference
/// system. u in [0, 1). Needs a shuffled batch, because t increases with the index.
at::Tensor stratified_times(double u, int64_t batch);

/// Times of one batch: float32 (batch) in [0, 1 - 1e-5], on the device of the generator.
/// InputError when batch < 1.
at::Tensor sample_times(TimeLaw law, int64_t batch, at::Generator& generator);

}  // namespace lf::flow
