// The fixtures' tensors under the names of other programs. Written from those programs' modules,
// not from the table under test.
#pragma once

#include <regex>
#include <string>

#include "files/tensors/safetensors.h"

namespace lf {

/// A name of diffusers' AutoencoderKL in latent-diffusion's AutoencoderKL (Encoder, Decoder,
/// ResnetBlock, AttnBlock, Downsample, Upsample); `scales` is the number of widths.
inline std::string latent_diffusion_name(std::string name, int scales) {
  const auto swap = [&name](const char* pattern, const char* text) {
    name = std::regex_replace(name, std::regex(pattern), text);
  };
  std::smatch up;
  if (std::regex_search(name, up, std::regex("^decoder\\.up_blocks\\.(\\d+)\\.")))
    name = "decoder.up." + std::to_string(scales - 1 - std::stoi(up[1])) + "." + up.suffix().str();
  swap("^encoder\\.down_blocks\\.(\\d+)\\.", "encoder.down.$1.");
  swap("mid_block\\.resnets\\.0\\.", "mid.block_1.");
  swap("mid_block\\.resnets\\.1\\.", "mid.block_2.");
  swap("\\.resnets\\.(\\d+)\\.", ".block.$1.");
  swap("downsamplers\\.0\\.", "downsample.");
  swap("upsamplers\\.0\\.", "upsample.");
  swap("mid_block\\.attentions\\.0\\.group_norm\\.", "mid.attn_1.norm.");
  swap("mid_block\\.attentions\\.0\\.to_out\\.0\\.", "mid.attn_1.proj_out.");
  swap("mid_block\\.attentions\\.0\\.to_([qkv])\\.", "mid.attn_1.$1.");
  swap("conv_norm_out", "norm_out");
  swap("conv_shortcut", "nin_shortcut");
  return name;
}

/// A name of diffusers' AutoencoderKL in diffusers before 0.18.
inline std::string old_diffusers_name(std::string name) {
  for (const auto& [now, then] : {std::pair<const char*, const char*>{"to_q\\.", "query."},
                                  {"to_k\\.", "key."},
                                  {"to_v\\.", "value."},
                                  {"to_out\\.0\\.", "proj_attn."}})
    name = std::regex_replace(name, std::regex(now), then);
  return name;
}

/// Every tensor of `file` under the name that `rename` gives it.
template <class Rename>
files::Safetensors renamed(const files::Safetensors& file, Rename rename) {
  files::Safetensors other;
  other.metadata = file.metadata;
  for (const auto& [name, tensor] : file.tensors) other.tensors[rename(name)] = tensor;
  return other;
}

/// The fixture's autoencoder as a file of latent-diffusion: other names, the attention as 1×1 convolutions,
/// no metadata.
inline files::Safetensors as_latent_diffusion(const files::Safetensors& file, int scales,
                                              const std::string& prefix = "") {
  files::Safetensors other =
      renamed(file, [&](const std::string& name) { return prefix + latent_diffusion_name(name, scales); });
  other.metadata.clear();
  for (auto& [name, tensor] : other.tensors) {
    if (name.find("attn_1.") != std::string::npos && tensor.shape.size() == 2)
      tensor.shape.insert(tensor.shape.end(), {1, 1});
  }
  return other;
}

}  // namespace lf
