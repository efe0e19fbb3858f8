#include "models/weights/kinds.h"

#include <algorithm>

#include "files/ends_with.h"

namespace lf::models {
namespace {

/// A network of another system, identified by a tensor that only it has: the end of its name, under
/// any prefix.
struct KnownNetwork {
  const char* tensor;
  const char* what;
};
constexpr KnownNetwork kKnownNetworks[] = {
    {"input_blocks.0.0.weight", "the denoising U-Net of Stable Diffusion (latent-diffusion's names)"},
    {"time_embedding.linear_1.weight", "the denoising U-Net of Stable Diffusion (diffusers' names)"},
    {"transformer_blocks.0.norm1.emb.timestep_embedder.linear_1.weight",
     "a DiT under diffusers' names (DiTTransformer2DModel), not those of its authors"},
    {"double_blocks.0.img_attn.qkv.weight", "the transformer of FLUX"},
    {"joint_blocks.0.x_block.attn.qkv.weight", "the transformer of Stable Diffusion 3"},
    {"text_model.embeddings.token_embedding.weight", "the text encoder of CLIP"},
    {"quantize.embedding.weight", "an autoencoder with a code book (VQ)"},
    {"layers.0.self_attn.q_proj.weight", "a language model"},
    {"layer1.0.conv1.weight", "a residual network for classification (ResNet)"},
    {"patch_embed.proj.weight", "a vision transformer"},
};

bool any_ends(const StoredNames& file, const std::string& end) {
  return std::any_of(file.tensors.begin(), file.tensors.end(), [&](const auto& entry) {
    const std::string& name = entry.first;
    return name == end || files::ends_with(name, "." + end);
  });
}

bool any_holds(const StoredNames& file, const std::string& part) {
  return std::any_of(file.tensors.begin(), file.tensors.end(),
                     [&](const auto& entry) { return entry.first.find(part) != std::string::npos; });
}

bool has(const StoredNames& file, const std::string& name) { return file.tensors.count(name) > 0; }

std::string fact(const StoredNames& file, const std::string& key) {
  const auto found = file.metadata.find(key);
  return found == file.metadata.end() ? "" : found->second;
}

/// Files that this program writes.
FileIdentity own_identity(const StoredNames& file) {
  const std::string format = fact(file, "format");
  if (format == "latentflow-model-1") {
    const bool checkpoint = !fact(file, "checkpoint").empty();
    const std::string facts = "preset " + fact(file, "preset") + ", " + fact(file, "autoencoder_steps") +
                              " autoencoder and " + fact(file, "flow_steps") + " flow steps on " +
                              fact(file, "data");
    return {
        (checkpoint ? "a checkpoint of a run of this program (" : "a model of this program (") + facts + ")",
        checkpoint ? "continue its folder with train --resume, or open the model beside it"
                   : "open it with --model"};
  }
  if (format == "latentflow-judge") return {"a classifier of this program", "use it with --judge"};
  if (format == "latentflow-gallery-1")
    return {"a gallery of this program (images of a run that the window shows before it computes any)",
            "open the run's folder or its model.safetensors"};
  const std::string part = fact(file, "part");
  if (!part.empty() && !fact(file, "settings").empty())
    return {"bare weights of this program's own networks (part " + part + ")",
            "for Python; the program itself opens whole models"};
  if (has(file, "known") && has(file, "mean") && file.tensors.size() <= 6)
    return {"cached latents of this program", "the program finds and uses this file by itself"};
  const bool vectors =
      (has(file, "velocity") && has(file, "x_t")) || (has(file, "decoded") && has(file, "eps"));
  if (vectors) return {"reference vectors", "name it with verify --vectors"};
  return {};
}

}  // namespace

StoredNames stored_names(const files::WeightFiles& files) {
  StoredNames names{files.path(), {}, files.metadata()};
  for (const auto& [name, stored] : files.tensors())
    names.tensors[name] = {stored.span.dtype, stored.span.shape};
  return names;
}

FileIdentity identity_of(const StoredNames& file) {
  FileIdentity own = own_identity(file);
  if (!own.what.empty()) return own;
  if (any_holds(file, "lora_") || any_holds(file, ".lora."))
    return {"a LoRA adapter, not a whole network", ""};
  for (const KnownNetwork& known : kKnownNetworks) {
    if (any_ends(file, known.tensor)) return {known.what, ""};
  }
  return {};
}

std::string described(const StoredNames& file) {
  const FileIdentity identity = identity_of(file);
  if (!identity.what.empty())
    return "it is " + identity.what + (identity.use.empty() ? "" : "; " + identity.use);
  if (file.tensors.empty()) return "it holds no tensors at all";
  const size_t count = file.tensors.size();
  return "its content is unknown (" + std::to_string(count) + " tensor" + (count == 1 ? "" : "s") +
         ", the first " + file.tensors.begin()->first + "); info --weights lists them";
}

}  // namespace lf::models
