#include "models/weights/names.h"

#include <algorithm>

namespace lf::models {
namespace {

constexpr const char* kLatentDiffusion = "latent-diffusion";
constexpr const char* kOldDiffusers = "diffusers before 0.18";

using Parts = std::vector<std::string>;

std::string joined(const Parts& parts) {
  std::string name;
  for (size_t i = 0; i < parts.size(); ++i) name += (i ? "." : "") + parts[i];
  return name;
}

/// 0, 1, … 999 as Python writes them, else -1: otherwise "007" and "7" would get the same name.
int64_t number_of(const std::string& part) {
  const bool digits = !part.empty() && part.size() <= 3 &&
                      part.find_first_not_of("0123456789") == std::string::npos &&
                      (part.size() == 1 || part[0] != '0');
  return digits ? std::stoll(part) : -1;
}

/// True if `parts` from `at` on match `pattern`. Their numbers are appended to `numbers`, in order.
bool reads_as(const Parts& parts, size_t at, const Parts& pattern, int64_t scales,
              std::vector<int64_t>& numbers) {
  if (at + pattern.size() > parts.size()) return false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool reversed = pattern[i] == "~", number = reversed || pattern[i] == "#";
    if (!number && pattern[i] != parts[at + i]) return false;
    if (!number) continue;
    const int64_t value = number_of(parts[at + i]);
    if (value < 0 || (reversed && value >= scales)) return false;
    numbers.push_back(reversed ? scales - 1 - value : value);
  }
  return true;
}

/// A row of the table, split into parts.
struct Rule {
  std::string program;
  Parts theirs, ours;
};

const std::vector<Rule>& rules() {
  static const std::vector<Rule> table = [] {
    std::vector<Rule> all;
    for (const NameRule& row : name_rules())
      all.push_back({row.program, name_parts(row.theirs), name_parts(row.ours)});
    return all;
  }();
  return table;
}

/// Rewrites the first match of the rule in `parts`; false if there is none.
bool apply(const Rule& rule, int64_t scales, Parts& parts) {
  const Parts& theirs = rule.theirs;
  for (size_t at = 0; at < parts.size(); ++at) {
    std::vector<int64_t> numbers;
    if (!reads_as(parts, at, theirs, scales, numbers)) continue;
    Parts ours = rule.ours;
    size_t next = 0;
    for (auto& part : ours) {
      if (part == "#" || part == "~") part = std::to_string(numbers[next++]);
    }
    const auto place = parts.begin() + static_cast<std::ptrdiff_t>(at);
    const auto after = parts.erase(place, place + static_cast<std::ptrdiff_t>(theirs.size()));
    parts.insert(after, ours.begin(), ours.end());
    return true;
  }
  return false;
}

bool any_of(const Parts& parts, std::initializer_list<const char*> words) {
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return part == word; });
  });
}

}  // namespace

const std::vector<NameRule>& name_rules() {
  static const std::vector<NameRule> table{
      {kLatentDiffusion, "down.#.block.#", "down_blocks.#.resnets.#"},
      {kLatentDiffusion, "down.#.attn.#", "down_blocks.#.attentions.#"},
      {kLatentDiffusion, "down.#.downsample.conv", "down_blocks.#.downsamplers.0.conv"},
      {kLatentDiffusion, "up.~.block.#", "up_blocks.~.resnets.#"},
      {kLatentDiffusion, "up.~.attn.#", "up_blocks.~.attentions.#"},
      {kLatentDiffusion, "up.~.upsample.conv", "up_blocks.~.upsamplers.0.conv"},
      {kLatentDiffusion, "mid.block_1", "mid_block.resnets.0"},
      {kLatentDiffusion, "mid.block_2", "mid_block.resnets.1"},
      {kLatentDiffusion, "mid.attn_1.norm", "mid_block.attentions.0.group_norm"},
      {kLatentDiffusion, "mid.attn_1.q", "mid_block.attentions.0.to_q"},
      {kLatentDiffusion, "mid.attn_1.k", "mid_block.attentions.0.to_k"},
      {kLatentDiffusion, "mid.attn_1.v", "mid_block.attentions.0.to_v"},
      {kLatentDiffusion, "mid.attn_1.proj_out", "mid_block.attentions.0.to_out.0"},
      {kLatentDiffusion, "norm_out", "conv_norm_out"},
      {kLatentDiffusion, "nin_shortcut", "conv_shortcut"},
      {kOldDiffusers, "attentions.#.query", "attentions.#.to_q"},
      {kOldDiffusers, "attentions.#.key", "attentions.#.to_k"},
      {kOldDiffusers, "attentions.#.value", "attentions.#.to_v"},
      {kOldDiffusers, "attentions.#.proj_attn", "attentions.#.to_out.0"},
  };
  return table;
}

TodaysName todays_name(const std::string& name, int64_t scales) {
  TodaysName today{name, ""};
  if (name.size() > kLongestName) return today;
  Parts parts = name_parts(name);
  for (const Rule& rule : rules()) {
    if (apply(rule, scales, parts)) today.program = rule.program;
  }
  today.name = joined(parts);
  return today;
}

std::string unwrapped_name(const std::string& name) {
  if (name.size() > kLongestName) return name;
  Parts parts = name_parts(name);
  const auto wrapper = [](const std::string& part) {
    return any_of({part},
                  {"module", "_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "_module"});
  };
  parts.erase(std::remove_if(parts.begin(), parts.end(), wrapper), parts.end());
  return joined(parts);
}

bool training_only(const std::string& name) {
  const Parts parts = name_parts(name);
  if (parts.empty()) return false;
  if (any_of({parts.front()}, {"loss", "discriminator", "perceptual_loss", "lpips", "optimizer", "optimizers",
                               "optimizer_states", "lr_schedulers"}))
    return true;
  return any_of({parts.back()}, {"num_batches_tracked", "logvar", "scale_factor", "num_updates", "n_averaged",
                                 "decay", "global_step", "initted", "step", "epoch"});
}

bool quantisation_scale(const std::string& name) {
  const Parts parts = name_parts(name);
  return !parts.empty() &&
         any_of({parts.back()}, {"weight_scale", "scale_weight", "weight_scale_inv", "weight_scale_2",
                                 "input_scale", "scale_input", "scaled_fp8", "absmax", "quant_map"});
}

bool averages_prefix(const std::string& prefix) {
  bool averages = false;
  for (const auto& part : name_parts(prefix)) {
    const auto begins = [&](const char* word) { return part.rfind(word, 0) == 0; };
    if (begins("online")) return false;  // the weights in training, stored inside their average's object
    const bool ema = part == "ema" || begins("ema_") || part.find("_ema") != std::string::npos;
    averages = averages || ema || begins("averag") || begins("swa_") || part == "swa";
  }
  return averages;
}

std::vector<std::string> name_parts(const std::string& name) {
  Parts parts;
  size_t begin = 0;
  for (size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', begin)) {
    parts.push_back(name.substr(begin, dot - begin));
    begin = dot + 1;
  }
  if (begin < name.size() || !parts.empty()) parts.push_back(name.substr(begin));
  return parts;
}

}  // namespace lf::models
