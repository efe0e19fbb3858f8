#include "models/weights/file.h"

#include <ATen/CPUGeneratorImpl.h>

#include "base/classes.h"
#include "base/errors.h"
#include "models/kl_layout.h"
#include "models/weights/choice.h"
#include "models/weights/tensor_io.h"

namespace lf::models {
namespace {

at::Tensor as_weight(const at::Tensor& value, const std::string& name, const std::string& path) {
  if (!value.is_floating_point()) {
    throw InputError(path + ": tensor " + name + " holds " + at::toString(value.scalar_type()) +
                     " where weights are floating-point numbers; save the network's weights");
  }
  return value.to(at::kFloat).view(weight_shape(name, value.sizes().vec()));
}

WeightShapes shapes_of(const Weights& weights) {
  WeightShapes shapes{weights.path, {}, weights.metadata};
  for (const auto& [name, value] : weights.tensors) shapes.shapes[name] = value.sizes().vec();
  return shapes;
}

/// "[32, 64, 64]": a JSON list, as Python writes it.
std::string widths_text(const std::vector<int64_t>& widths) {
  std::string text;
  for (const int64_t width : widths) text += (text.empty() ? "[" : ", ") + std::to_string(width);
  return text + "]";
}

Weights read_chosen(files::WeightFiles& files, WeightsKind kind, bool raw) {
  const StoredNames names = stored_names(files);
  const auto found = networks_in(names);
  if (kind == WeightsKind::Other && !found.empty()) kind = found.front().kind;
  if (kind == WeightsKind::Other)
    throw InputError(names.path + ": it holds neither a DiT nor an AutoencoderKL; " + described(names));
  const FoundNetwork& chosen = chosen_network(found, names, kind, raw);
  Weights weights = read_network(files, chosen);
  weights.notes = reading_notes(chosen, found, names);
  return weights;
}

}  // namespace

Weights read_weights(const std::string& path, WeightsKind kind, bool raw) {
  files::WeightFiles files(path);
  return read_chosen(files, kind, raw);
}

Weights read_network(files::WeightFiles& files, const FoundNetwork& chosen) {
  Weights weights{files.path(), {}, files.metadata(), {}};
  for (const auto& [name, stored] : chosen.stored) {
    try {
      weights.tensors[name] = as_weight(to_tensor(files.read(stored), stored), name, files.path());
    } catch (const InputError& error) {  // an unsupported type does not identify the file
      const std::string what = error.what();
      throw InputError(what.find(files.path()) == std::string::npos ? files.path() + ": " + what : what);
    }
  }
  return weights;
}

std::unique_ptr<Dit> load_dit(const Weights& weights, int64_t heads, bool trainable, std::string& notice) {
  const DitConfig config = dit_config_of(shapes_of(weights), heads, notice);
  check_fit(dit_file_layout(config), weights.tensors, "", weights.path, /*others_allowed=*/false);
  auto net = std::make_unique<Dit>(config, at::make_generator<at::CPUGeneratorImpl>(0), trainable);
  net->parameters().load(weights.tensors, "", weights.path);
  net->set_positions(weights.tensors.at("pos_embed"));
  return net;
}

std::unique_ptr<KlAutoencoder> load_kl_autoencoder(const Weights& weights) {
  const KlAutoencoderConfig config = kl_config_of(shapes_of(weights));
  check_fit(kl_layout(config), weights.tensors, "", weights.path, /*others_allowed=*/false);
  auto net = std::make_unique<KlAutoencoder>(config, at::make_generator<at::CPUGeneratorImpl>(0));
  net->parameters().load(weights.tensors, "", weights.path);
  return net;
}

void save_dit(const std::string& path, const Dit& net) {
  files::Safetensors file;
  add_tensors(file, net.parameters().to_map());
  add_tensors(file, {{"pos_embed", net.positions()}});
  for (const auto& [key, value] : dit_sizes(net.config())) file.metadata[key] = std::to_string(value);
  if (net.config().labelled) file.metadata["num_classes"] = std::to_string(kClasses);
  files::write_safetensors(path, file);
}

void save_kl_autoencoder(const std::string& path, const KlAutoencoder& net) {
  files::Safetensors file;
  add_tensors(file, net.parameters().to_map());
  file.metadata = {{"block_out_channels", widths_text(net.config().widths)},
                   {"layers_per_block", std::to_string(net.config().layers_per_block)},
                   {"latent_channels", std::to_string(net.config().latent_channels)}};
  files::write_safetensors(path, file);
}

}  // namespace lf::models
