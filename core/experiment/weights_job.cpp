// `info --weights` and `export`: bare weights under their Python names, looked at and written.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "data/batches.h"
#include "experiment/job.h"
#include "messages/commands.h"
#include "messages/distinct_files.h"
#include "messages/errors.h"
#include "messages/output_name.h"
#include "models/rgb_autoencoder.h"
#include "models/tensor_io.h"
#include "models/weights_file.h"

namespace lf {
namespace {

std::string shape_words(at::IntArrayRef shape) {
  std::string text;
  for (const int64_t extent : shape) text += (text.empty() ? "" : "×") + std::to_string(extent);
  return text.empty() ? "1" : text;
}

/// Mean and standard deviation (of the sample, as Python's std()) of one tensor.
std::pair<double, double> moments(const at::Tensor& value) {
  const at::Tensor numbers = value.to(at::kDouble);
  if (numbers.numel() == 0) return {0, 0};
  return {numbers.mean().item<double>(), numbers.numel() > 1 ? numbers.std().item<double>() : 0};
}

/// The network's name and, where it is one of the reference system, its checked configuration.
nlohmann::ordered_json network_json(const Weights& weights, int64_t heads) {
  std::string notice;
  switch (weights_kind(weights)) {
    case WeightsKind::Dit: {
      const auto net = load_dit(weights, heads, /*trainable=*/false, notice);
      const DitConfig& c = net->config();
      nlohmann::ordered_json json{{"network", "DiT"},
                                  {"input_size", c.input_size},
                                  {"patch_size", c.patch},
                                  {"in_channels", c.channels},
                                  {"hidden_size", c.width},
                                  {"depth", c.depth},
                                  {"num_heads", c.heads},
                                  {"mlp_ratio", c.mlp_ratio},
                                  {"trainable", net->parameters().count()}};
      if (!notice.empty()) json["notice"] = notice;
      return json;
    }
    case WeightsKind::KlAutoencoder: {
      const auto net = load_kl_autoencoder(weights);
      const KlAutoencoderConfig& c = net->config();
      return {{"network", "AutoencoderKL"},
              {"block_out_channels", c.widths},
              {"layers_per_block", c.layers_per_block},
              {"latent_channels", c.latent_channels},
              {"trainable", net->parameters().count()}};
    }
    default:
      break;
  }
  int64_t count = 0;
  for (const auto& entry : weights.tensors) count += entry.second.numel();
  return {{"network", "other"}, {"trainable", count}};
}

std::string network_line(const nlohmann::ordered_json& network) {
  std::string line;
  for (const auto& [key, value] : network.items()) {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    line += (line.empty() ? "" : " · ") + (key == "network" ? text : key + " " + text);
  }
  return line;
}

/// Networks of the reference system leave under their Python names; those of our own under theirs.
void save_part(const Model& model, const std::string& part, const std::string& path) {
  const VelocityNet& net = part == "velocity" ? *model.net : *model.average;
  const auto* dit = dynamic_cast<const Dit*>(&net);
  const auto* kl = dynamic_cast<const RgbAutoencoder*>(model.autoencoder.get());
  if (part != "autoencoder" && dit) return save_dit(path, *dit);
  if (part == "autoencoder" && kl) return save_kl_autoencoder(path, kl->network());
  const ParameterSet& parameters =
      part == "autoencoder" ? std::as_const(*model.autoencoder).parameters() : net.parameters();
  Safetensors file;
  add_tensors(file, parameters.to_map());
  file.metadata = {{"part", part}, {"settings", nlohmann::json(model.settings.all()).dump()}};
  write_safetensors(path, file);
}

void save_fresh(const ExportWeightsCommand& command) {
  Settings settings(command.init);
  settings.set("seed", std::to_string(command.seed));
  for (const auto& assignment : split_words(command.settings)) settings.set_assignment(assignment);
  check_together(settings);
  if (command.part == "autoencoder" && command.init == "original" && settings.text("autoencoder").empty())
    throw InputError(
        "export: the original system's autoencoder comes from a file, it has no fresh weights; "
        "export --part velocity");
  save_part(*make_model(settings), command.part, command.out);
}

}  // namespace

JobResult describe_weights(const WeightsCommand& command) {
  const Weights weights = read_weights(command.path);
  nlohmann::ordered_json json = network_json(weights, command.heads);
  JobResult result;
  result.verb = "weights";
  size_t width = 0;
  for (const auto& entry : weights.tensors) width = std::max(width, entry.first.size());
  json["tensors"] = nlohmann::ordered_json::object();
  result.table.push_back(network_line(network_json(weights, command.heads)));
  for (const auto& [name, value] : weights.tensors) {
    const auto [mean, deviation] = moments(value);
    char numbers[128];
    std::snprintf(numbers, sizeof numbers, "  %-16s mean %11.4e  std %11.4e",
                  shape_words(value.sizes()).c_str(), mean, deviation);
    result.table.push_back(name + std::string(width - name.size(), ' ') + numbers);
    json["tensors"][name] = {{"shape", value.sizes().vec()}, {"mean", mean}, {"std", deviation}};
  }
  if (!weights.metadata.empty()) json["metadata"] = weights.metadata;
  result.json = {json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
  return result;
}

JobResult export_weights(const Model* model, const ExportWeightsCommand& command) {
  if (command.out.empty()) throw InputError("export needs out=FILE, where the weights are written");
  require_ending("export", command.out, {".safetensors"});
  require_no_run_file("export", command.out);
  if (command.init.empty()) {
    save_part(*model, command.part, command.out);
  } else {
    save_fresh(command);
  }
  JobResult result;
  result.verb = "export";
  result.paths = {command.out};
  result.text = "wrote " + command.part + " weights to " + command.out;
  result.json = {nlohmann::json{{"part", command.part}, {"path", command.out}}.dump(
      -1, ' ', false, nlohmann::json::error_handler_t::replace)};
  return result;
}

}  // namespace lf
