// Names that other programs use for the tensors of the networks known here, and names of other data
// in such files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lf::models {

/// Longer names are never split: no known program uses them.
inline constexpr size_t kLongestName = 512;

/// One row of the table of names: a part of a name in another program, and in the current
/// AutoencoderKL of diffusers, which is the name used here. '#' stands for a number that stays; '~'
/// for one that counts the decoder's scales from the other end.
struct NameRule {
  const char* program;
  const char* theirs;
  const char* ours;
};
const std::vector<NameRule>& name_rules();

/// A name as used here.
struct TodaysName {
  std::string name;
  std::string program;  ///< the program that wrote it; "" if nothing had to be translated
};

/// `name`, without a prefix, as used here; its decoder has `scales` scales.
TodaysName todays_name(const std::string& name, int64_t scales);

/// `name` without the parts that torch.compile and its wrappers for parallel training insert
/// anywhere ("module.", "_orig_mod.", …).
std::string unwrapped_name(const std::string& name);

/// True for a tensor that only training or a sampler of another program needs ("loss.logvar",
/// "num_batches_tracked"): it is ignored.
bool training_only(const std::string& name);

/// True for the scale of a quantised tensor ("conv.weight_scale").
bool quantisation_scale(const std::string& name);

/// True if a part of the prefix says that the tensors are averages of the weights ("ema.",
/// "model_ema.").
bool averages_prefix(const std::string& prefix);

/// "a.b.c" split into its parts.
std::vector<std::string> name_parts(const std::string& name);

}  // namespace lf::models
