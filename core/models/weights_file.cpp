#include "models/weights_file.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>
#include <cstdlib>

#include "messages/errors.h"
#include "models/kl_layout.h"
#include "models/tensor_io.h"

namespace lf {
namespace {

constexpr const char* kPrefix = "net.";

/// `name` with the old word of an attention layer replaced.
std::string todays_name(std::string name) {
  if (name.rfind(kPrefix, 0) == 0) name.erase(0, std::string(kPrefix).size());
  for (const auto& [old_word, word] : {std::pair<const char*, const char*>{".query.", ".to_q."},
                                       {".key.", ".to_k."},
                                       {".value.", ".to_v."},
                                       {".proj_attn.", ".to_out.0."}}) {
    const auto at = name.find(old_word);
    if (at != std::string::npos && name.find(".attentions.") != std::string::npos)
      name.replace(at, std::string(old_word).size(), word);
  }
  return name;
}

at::Tensor as_weight(const at::Tensor& value, const std::string& name, const std::string& path) {
  if (!value.is_floating_point()) {
    throw InputError(path + ": tensor " + name + " holds " + at::toString(value.scalar_type()) +
                     " where weights are floating-point numbers; save the network's weights");
  }
  const at::Tensor numbers = value.to(at::kFloat);
  // Some old files keep the attention's matrices as 1×1 convolutions.
  const bool matrix = name.find(".attentions.") != std::string::npos && numbers.dim() == 4;
  return matrix && numbers.size(2) == 1 && numbers.size(3) == 1 ? numbers.flatten(1) : numbers;
}

const at::Tensor& tensor_of(const Weights& weights, const std::string& name, int64_t dimensions) {
  const auto found = weights.tensors.find(name);
  if (found == weights.tensors.end())
    throw InputError(weights.path + ": the weights do not fit: missing " + name);
  if (found->second.dim() != dimensions) {
    throw InputError(weights.path + ": the weights do not fit: " + name + " has " +
                     std::to_string(found->second.dim()) + " dimensions instead of " +
                     std::to_string(dimensions));
  }
  return found->second;
}

/// How many of prefix.0, prefix.1, … begin a name.
int64_t count_of(const Weights& weights, const std::string& prefix) {
  int64_t count = 0;
  const auto any = [&](const std::string& start) {
    const auto found = weights.tensors.lower_bound(start);
    return found != weights.tensors.end() && found->first.rfind(start, 0) == 0;
  };
  while (any(prefix + "." + std::to_string(count) + ".")) ++count;
  return count;
}

int64_t square_root(int64_t tokens, const std::string& path) {
  const auto side = std::llround(std::sqrt(static_cast<double>(tokens)));
  if (side * side == tokens) return side;
  throw InputError(path + ": pos_embed has " + std::to_string(tokens) +
                   " tokens, which is no square; this DiT works on square latents only");
}

/// A whole number of the metadata, or `otherwise` where there is none.
int64_t stated(const Weights& weights, const std::string& key, int64_t otherwise) {
  const auto found = weights.metadata.find(key);
  if (found == weights.metadata.end()) return otherwise;
  char* end = nullptr;
  const long long value = std::strtoll(found->second.c_str(), &end, 10);
  if (end == found->second.c_str() || *end != '\0')
    throw InputError(weights.path + ": metadata " + key + " '" + found->second + "' is no whole number");
  return value;
}

/// Metadata that is there must say what the shapes say.
void require_agreement(const Weights& weights, const std::map<std::string, int64_t>& shapes) {
  std::string wrong;
  for (const auto& [key, value] : shapes) {
    const int64_t said = stated(weights, key, value);
    if (said != value)
      wrong += (wrong.empty() ? "" : "; ") + key + " " + std::to_string(said) + ", the shapes say " +
               std::to_string(value);
  }
  if (!wrong.empty()) throw InputError(weights.path + ": its metadata contradict its tensors: " + wrong);
}

int64_t heads_of(const Weights& weights, int64_t width, int64_t heads, std::string& notice) {
  const int64_t said = stated(weights, "num_heads", heads);
  if (heads > 0 && said != heads) {
    throw InputError(weights.path + ": heads=" + std::to_string(heads) + " was asked for, its metadata say " +
                     std::to_string(said) + "; leave the setting out");
  }
  if (said > 0) return said;
  if (width % 64 != 0) {
    throw InputError(weights.path + ": the number of heads cannot be seen in the shapes and " +
                     std::to_string(width) + "/64 is no whole number; give it with --set heads=N");
  }
  notice = "heads are not in the metadata; " + std::to_string(width / 64) +
           " (width/64) are taken, --set heads=N gives another number";
  return width / 64;
}

/// "[32, 64, 64]": a JSON list, as Python writes it.
std::string widths_text(const std::vector<int64_t>& widths) {
  std::string text;
  for (const int64_t width : widths) text += (text.empty() ? "[" : ", ") + std::to_string(width);
  return text + "]";
}

}  // namespace

Weights read_weights(const std::string& path) {
  Safetensors file = read_safetensors(path);
  Weights weights{path, {}, file.metadata};
  for (auto& [name, bytes] : file.tensors) {
    const auto today = todays_name(name);
    const bool fresh =
        weights.tensors.emplace(today, as_weight(to_tensor(std::move(bytes), name), today, path)).second;
    if (!fresh) throw InputError(path + ": it holds " + today + " twice, under its old and its new name");
  }
  return weights;
}

WeightsKind weights_kind(const Weights& weights) {
  if (weights.tensors.count("x_embedder.proj.weight")) return WeightsKind::Dit;
  if (weights.tensors.count("encoder.conv_in.weight")) return WeightsKind::KlAutoencoder;
  return WeightsKind::Other;
}

DitConfig dit_config_of(const Weights& weights, int64_t heads, std::string& notice) {
  const at::Tensor& patch = tensor_of(weights, "x_embedder.proj.weight", 4);
  const at::Tensor& positions = tensor_of(weights, "pos_embed", 3);
  DitConfig c;
  c.width = patch.size(0);
  c.channels = patch.size(1);
  c.patch = patch.size(2);
  c.input_size = square_root(positions.size(1), weights.path) * c.patch;
  c.depth = count_of(weights, "blocks");
  if (c.depth > 0 && c.width > 0) {
    c.mlp_ratio = static_cast<double>(tensor_of(weights, "blocks.0.mlp.fc1.weight", 2).size(0)) /
                  static_cast<double>(c.width);
  }
  require_agreement(weights, {{"input_size", c.input_size},
                              {"patch_size", c.patch},
                              {"in_channels", c.channels},
                              {"hidden_size", c.width},
                              {"depth", c.depth}});
  c.heads = heads_of(weights, c.width, heads, notice);
  check_dit_config(c);
  return c;
}

KlAutoencoderConfig kl_config_of(const Weights& weights) {
  KlAutoencoderConfig c;
  c.widths.clear();
  const int64_t scales = count_of(weights, "encoder.down_blocks");
  for (int64_t i = 0; i < scales; ++i) {
    const auto block = "encoder.down_blocks." + std::to_string(i) + ".resnets.0.conv1.weight";
    c.widths.push_back(tensor_of(weights, block, 4).size(0));
  }
  c.layers_per_block = count_of(weights, "encoder.down_blocks.0.resnets");
  c.latent_channels = tensor_of(weights, "post_quant_conv.weight", 4).size(0);
  c.image_channels = tensor_of(weights, "encoder.conv_in.weight", 4).size(1);
  require_agreement(weights,
                    {{"layers_per_block", c.layers_per_block}, {"latent_channels", c.latent_channels}});
  check_kl_config(c);
  return c;
}

std::unique_ptr<Dit> load_dit(const Weights& weights, int64_t heads, bool trainable, std::string& notice) {
  const DitConfig config = dit_config_of(weights, heads, notice);
  auto specs = dit_layout(config);
  specs.push_back({"pos_embed", {1, config.tokens(), config.width}, Initial::zero()});
  check_fit(specs, weights.tensors, "", weights.path, /*others_allowed=*/false);
  auto net = std::make_unique<Dit>(config, at::make_generator<at::CPUGeneratorImpl>(0), trainable);
  net->parameters().load(weights.tensors, "", weights.path);
  net->set_positions(weights.tensors.at("pos_embed"));
  return net;
}

std::unique_ptr<KlAutoencoder> load_kl_autoencoder(const Weights& weights) {
  const KlAutoencoderConfig config = kl_config_of(weights);
  check_fit(kl_layout(config), weights.tensors, "", weights.path, /*others_allowed=*/false);
  auto net = std::make_unique<KlAutoencoder>(config, at::make_generator<at::CPUGeneratorImpl>(0));
  net->parameters().load(weights.tensors, "", weights.path);
  return net;
}

void save_dit(const std::string& path, const Dit& net) {
  Safetensors file;
  add_tensors(file, net.parameters().to_map());
  add_tensors(file, {{"pos_embed", net.positions()}});
  const DitConfig& c = net.config();
  for (const auto& [key, value] : {std::pair<const char*, int64_t>{"input_size", c.input_size},
                                   {"patch_size", c.patch},
                                   {"in_channels", c.channels},
                                   {"hidden_size", c.width},
                                   {"depth", c.depth},
                                   {"num_heads", c.heads}}) {
    file.metadata[key] = std::to_string(value);
  }
  write_safetensors(path, file);
}

void save_kl_autoencoder(const std::string& path, const KlAutoencoder& net) {
  Safetensors file;
  add_tensors(file, net.parameters().to_map());
  file.metadata = {{"block_out_channels", widths_text(net.config().widths)},
                   {"layers_per_block", std::to_string(net.config().layers_per_block)},
                   {"latent_channels", std::to_string(net.config().latent_channels)}};
  write_safetensors(path, file);
}

}  // namespace lf
