#include "models/weights/shapes.h"

#include <cmath>
#include <cstdlib>

#include "base/classes.h"
#include "base/errors.h"
#include "base/time_text.h"

namespace lf::models {
namespace {

constexpr int64_t kMostExtent = int64_t{1}
                                << 20;  ///< of a width, a patch or a row of tokens: their products fit

using Shape = std::vector<int64_t>;

[[noreturn]] void refuse(const WeightShapes& weights, const std::string& why) {
  throw InputError(weights.path + ": " + why);
}

bool has(const WeightShapes& weights, const std::string& name) { return weights.shapes.count(name) > 0; }

const Shape& shape_of(const WeightShapes& weights, const std::string& name, size_t dimensions) {
  const auto found = weights.shapes.find(name);
  if (found == weights.shapes.end()) refuse(weights, "the weights do not fit: missing " + name);
  if (found->second.size() != dimensions) {
    refuse(weights, "the weights do not fit: " + name + " has " + std::to_string(found->second.size()) +
                        " dimensions instead of " + std::to_string(dimensions));
  }
  return found->second;
}

bool begins_any(const WeightShapes& weights, const std::string& start) {
  const auto found = weights.shapes.lower_bound(start);
  return found != weights.shapes.end() && found->first.rfind(start, 0) == 0;
}

/// The number of prefixes prefix.0, prefix.1, … that start a name.
int64_t count_of(const WeightShapes& weights, const std::string& prefix) {
  int64_t count = 0;
  while (begins_any(weights, prefix + "." + std::to_string(count) + ".")) ++count;
  return count;
}

int64_t square_root(int64_t tokens, const WeightShapes& weights) {
  const auto side = std::llround(std::sqrt(static_cast<double>(tokens)));
  if (side * side == tokens) return side;
  refuse(weights, "pos_embed has " + std::to_string(tokens) +
                      " tokens, which is not a square number; this DiT works on square latents only");
}

/// A whole number of the metadata, or `otherwise` if there is none.
int64_t stated(const WeightShapes& weights, const std::string& key, int64_t otherwise) {
  const auto found = weights.metadata.find(key);
  if (found == weights.metadata.end()) return otherwise;
  char* end = nullptr;
  const long long value = std::strtoll(found->second.c_str(), &end, 10);
  if (end == found->second.c_str() || *end != '\0')
    refuse(weights, "metadata " + key + " '" + found->second + "' is not a whole number");
  return value;
}

/// Metadata must agree with the shapes if present.
void require_agreement(const WeightShapes& weights, const std::map<std::string, int64_t>& shapes) {
  std::string wrong;
  for (const auto& [key, value] : shapes) {
    const int64_t said = stated(weights, key, value);
    if (said != value)
      wrong += (wrong.empty() ? "" : "; ") + key + " " + std::to_string(said) + ", the shapes say " +
               std::to_string(value);
  }
  if (!wrong.empty()) refuse(weights, "its metadata contradict its tensors: " + wrong);
}

int64_t heads_of(const WeightShapes& weights, int64_t width, int64_t heads, std::string& notice) {
  const int64_t said = stated(weights, "num_heads", heads);
  if (heads > 0 && said != heads) {
    refuse(weights, "heads=" + std::to_string(heads) + " was requested, but its metadata say " +
                        std::to_string(said) + "; leave the setting out");
  }
  if (said > 0) return said;
  if (width % 64 != 0) {
    refuse(weights, "the shapes do not give the number of heads, and " + std::to_string(width) +
                        "/64 is not a whole number; give it with --set heads=N");
  }
  notice = "heads are not in the metadata; " + std::to_string(width / 64) +
           " (width/64) are used; --set heads=N gives another number";
  return width / 64;
}

/// Rows of the label table: the classes, and one more for "no label". 0 if the network is
/// unconditional.
int64_t label_rows(const WeightShapes& weights, int64_t width) {
  const char* name = kDitLabelTable;
  if (!has(weights, name)) return 0;
  const Shape& table = shape_of(weights, name, 2);
  if (table[1] != width)
    refuse(weights, std::string("the weights do not fit: ") + name + " has rows of " +
                        std::to_string(table[1]) + " numbers instead of " + std::to_string(width));
  return table[0];
}

/// Refuses a DiT whose labels or outputs are of another kind, and says what it was made for.
void require_velocity_dit(const WeightShapes& weights, const DitConfig& c, int64_t rows) {
  const Shape& output = shape_of(weights, "final_layer.linear.weight", 2);
  const int64_t patch = c.patch * c.patch;
  const int64_t channels = patch > 0 && output[0] % patch == 0 ? output[0] / patch : 0;
  std::string why;
  if (rows > 0 && rows != kClasses + 1) {
    why += "it has " + (rows == kClasses ? std::string("10 classes but no null class")
                                         : with_thousands(rows - 1) + " classes (with the null class " +
                                               with_thousands(rows) + " rows)");
  }
  if (channels > 0 && channels == 2 * c.channels) {
    why += (why.empty() ? "it " : " and ") + ("predicts noise and variance (" + std::to_string(channels)) +
           " output channels for " + std::to_string(c.channels) + " input channels)";
  }
  if (why.empty()) return;
  refuse(weights, "this DiT does not fit: " + why +
                      "; use a DiT without labels or with 11 (ten digits and a null class) that returns a "
                      "velocity with as many channels as its input");
}

/// Other known autoencoders that use the same names.
void require_kl(const WeightShapes& weights) {
  const auto doubted = [&](const std::string& what) {
    refuse(weights, "this autoencoder does not fit: " + what +
                        "; this program reads AutoencoderKL as Stable Diffusion 1, 2 and XL have it");
  };
  const bool encodes = has(weights, "encoder.conv_in.weight");
  if (encodes != has(weights, "decoder.conv_in.weight"))
    doubted(encodes ? "it has an encoder but no decoder" : "it has a decoder but no encoder");
  if (begins_any(weights, "quantize."))
    doubted("it quantises its latents with a code book (VQ), it has no posterior");
  shape_of(weights, "encoder.conv_in.weight", 4);  // that of a video autoencoder has five dimensions
  if (!has(weights, "quant_conv.weight") && !has(weights, "post_quant_conv.weight") &&
      has(weights, "encoder.conv_out.weight"))
    doubted("it has no quant_conv and post_quant_conv (Stable Diffusion 3 and FLUX have none), and " +
            std::to_string(shape_of(weights, "encoder.conv_out.weight", 4)[0] / 2) + " latent channels");
  for (const auto& entry : weights.shapes) {
    const std::string& name = entry.first;
    const bool level =
        name.find("down_blocks.") != std::string::npos || name.find("up_blocks.") != std::string::npos;
    if (level && name.find(".attentions.") != std::string::npos)
      doubted("it has attention inside its scales (" + name + ")");
  }
}

}  // namespace

DitConfig dit_config_of(const WeightShapes& weights, int64_t heads, std::string& notice) {
  const Shape& patch = shape_of(weights, "x_embedder.proj.weight", 4);
  DitConfig c;
  c.width = patch[0];
  c.channels = patch[1];
  c.patch = patch[2];
  for (const int64_t extent : {c.width, c.channels, c.patch, shape_of(weights, "pos_embed", 3)[1]})
    if (extent < 1 || extent > kMostExtent)
      refuse(weights,
             "the weights do not fit: an extent of " + std::to_string(extent) + " is not a size of a DiT");
  c.depth = count_of(weights, "blocks");
  const int64_t rows = label_rows(weights, c.width);
  if (has(weights, "final_layer.linear.weight")) require_velocity_dit(weights, c, rows);
  c.labelled = rows > 0;
  c.input_size = square_root(shape_of(weights, "pos_embed", 3)[1], weights) * c.patch;
  if (c.depth > 0 && c.width > 0) {
    c.mlp_ratio = static_cast<double>(shape_of(weights, "blocks.0.mlp.fc1.weight", 2)[0]) /
                  static_cast<double>(c.width);
  }
  require_agreement(weights, {{"input_size", c.input_size},
                              {"patch_size", c.patch},
                              {"in_channels", c.channels},
                              {"hidden_size", c.width},
                              {"depth", c.depth}});
  if (c.labelled) require_agreement(weights, {{"num_classes", kClasses}});
  c.heads = heads_of(weights, c.width, heads, notice);
  check_dit_config(c);
  return c;
}

KlAutoencoderConfig kl_config_of(const WeightShapes& weights) {
  require_kl(weights);
  KlAutoencoderConfig c;
  c.widths.clear();
  const int64_t scales = count_of(weights, "encoder.down_blocks");
  for (int64_t i = 0; i < scales; ++i) {
    const auto block = "encoder.down_blocks." + std::to_string(i) + ".resnets.0.conv1.weight";
    c.widths.push_back(shape_of(weights, block, 4)[0]);
  }
  c.layers_per_block = count_of(weights, "encoder.down_blocks.0.resnets");
  c.latent_channels = shape_of(weights, "post_quant_conv.weight", 4)[0];
  c.image_channels = shape_of(weights, "encoder.conv_in.weight", 4)[1];
  require_agreement(weights,
                    {{"layers_per_block", c.layers_per_block}, {"latent_channels", c.latent_channels}});
  check_kl_config(c);
  return c;
}

std::vector<ParameterSpec> dit_file_layout(const DitConfig& config) {
  auto specs = dit_layout(config);
  specs.push_back({"pos_embed", {1, config.tokens(), config.width}, Initial::zero()});
  return specs;
}

}  // namespace lf::models
