// What other programs call the tensors of the networks known here, and what else they keep beside them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lf {

/// Longer names are nobody's: they are not taken apart.
inline constexpr size_t kLongestName = 512;

/// One row of the table of names: a part of a name as another program writes it, and as diffusers' today's
/// AutoencoderKL does, which is what this program knows. '#' stands for a number that stays; '~' for one that
/// counts the decoder's scales from the other end.
struct NameRule {
  const char* program;
  const char* theirs;
  const char* ours;
};
const std::vector<NameRule>& name_rules();

/// A name in today's words.
struct TodaysName {
  std::string name;
  std::string program;  ///< whose words it was in; "" where nothing had to be changed
};

/// `name`, without a prefix, in today's words; the decoder it belongs to has `scales` of them.
TodaysName todays_name(const std::string& name, int64_t scales);

/// `name` without the parts that torch.compile and its ways of training in parallel put anywhere into it
/// ("module.", "_orig_mod.", …).
std::string unwrapped_name(const std::string& name);

/// True for a tensor that only training or a sampler of another program needs ("loss.logvar",
/// "num_batches_tracked"): it is left out.
bool training_only(const std::string& name);

/// True for the scale of a quantised tensor ("conv.weight_scale").
bool quantisation_scale(const std::string& name);

/// True where a part of the prefix says that averages of the weights follow ("ema.", "model_ema.").
bool averages_prefix(const std::string& prefix);

/// "a.b.c" as its parts.
std::vector<std::string> name_parts(const std::string& name);

}  // namespace lf
