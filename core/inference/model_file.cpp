// The model file: one safetensors with everything needed for sampling, and JSON metadata that
// describes it.
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "base/version.h"
#include "data/generator.h"
#include "inference/model.h"
#include "models/rgb_autoencoder.h"
#include "models/weights/file.h"
#include "models/weights/search.h"
#include "models/weights/tensor_io.h"
#include "training/flow/step.h"

namespace lf::inference {
namespace {

constexpr const char* kFormat = "latentflow-model-1";

std::map<std::string, std::string> metadata(const Model& model) {
  auto facts = model.facts;
  facts["format"] = kFormat;
  facts["program"] = std::string("latentflow ") + kProgramVersion;
  facts["preset"] = model.settings.preset();
  facts["settings"] = nlohmann::json(model.settings.all()).dump();
  facts["autoencoder_steps"] = std::to_string(model.autoencoder_steps);
  facts["flow_steps"] = std::to_string(model.flow_steps);
  facts["seed"] = std::to_string(model.settings.general.seed);
  facts["data"] = model.data_name;
  facts["data_digest"] = model.data_digest;
  return facts;
}

std::string fact(const std::map<std::string, std::string>& file, const std::string& key,
                 const std::string& path) {
  const auto found = file.find(key);
  if (found == file.end()) {
    throw InputError(path + ": not a Latent Flow Explorer model (no '" + key +
                     "' in its metadata); give a model.safetensors written by this program");
  }
  return found->second;
}

/// Advice for valid weights that are not a model.
std::string other_use(const models::StoredNames& file) {
  for (const models::FoundNetwork& found : models::networks_in(file)) {
    if (!found.misfit.empty()) continue;
    return found.kind == models::WeightsKind::KlAutoencoder
               ? "it holds an AutoencoderKL; use it with --set autoencoder=" + file.path
               : "it holds a bare DiT; verify --dit and info --weights read it";
  }
  const models::FileIdentity identity = models::identity_of(file);
  if (identity.what.empty()) return "give a model.safetensors written by this program";
  return "it is " + identity.what + (identity.use.empty() ? "" : "; " + identity.use);
}

/// Before a large file is read: reports what it is if it is not a model.
void require_model_file(const models::StoredNames& file) {
  const auto format = file.metadata.find("format");
  if (format != file.metadata.end() && format->second == kFormat) return;
  const bool known = format != file.metadata.end() && format->second.rfind("latentflow", 0) == 0 &&
                     models::identity_of(file).what.empty();
  if (known)
    throw InputError(file.path + ": model format '" + format->second + "' is unknown; this program reads " +
                     kFormat);
  throw InputError(file.path + ": not a Latent Flow Explorer model" +
                   (format == file.metadata.end() ? " (no 'format' in its metadata); " : "; ") +
                   other_use(file));
}

/// Values for settings that an older program did not have.
const std::map<std::string, std::string>& before_the_setting() {
  static const std::map<std::string, std::string> values{
      {setting_key(&FlowSettings::precondition), "off"},
      {setting_key(&FlowSettings::optimizer), "adamw"},
      {setting_key(&AutoencoderSettings::optimizer), "adamw"},
      {setting_key(&AutoencoderSettings::freeze), "end"},
      {setting_key(&AutoencoderSettings::latent_noise), "1"}};
  return values;
}

/// Settings that this program does not know are ignored; known ones are checked as always.
Settings stored_settings(const std::map<std::string, std::string>& file, const std::string& path) {
  try {
    Settings settings(fact(file, "preset", path));
    const auto stored = nlohmann::json::parse(fact(file, "settings", path));
    for (const auto& [key, value] : settings.all()) {
      if (stored.contains(key)) settings.set(key, stored.at(key).get<std::string>());
    }
    for (const auto& [key, value] : before_the_setting()) {
      if (!stored.contains(key)) settings.set(key, value);
    }
    return settings;
  } catch (const nlohmann::json::exception&) {
    throw InputError(path + ": the stored settings are damaged; the file cannot be used");
  }
}

int64_t stored_count(const std::map<std::string, std::string>& file, const std::string& key,
                     const std::string& path) {
  const auto text = fact(file, key, path);
  char* end = nullptr;
  const long long value = std::strtoll(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0' || value < 0)
    throw InputError(path + ": " + key + " '" + text + "' is not a count");
  return value;
}

training::Standardisation stored_standardisation(const std::map<std::string, at::Tensor>& tensors,
                                                 const std::string& path) {
  training::Standardisation s;
  for (auto [name, target] : {std::pair{"latent.shift", &s.shift}, std::pair{"latent.scale", &s.scale}}) {
    const auto found = tensors.find(name);
    const bool fits = found != tensors.end() && found->second.numel() == models::kLatentSize &&
                      at::isfinite(found->second).all().item<bool>();
    if (!fits) throw InputError(path + ": " + name + " is missing, misshapen or not finite");
    *target = found->second.to(at::kFloat).reshape({models::kLatentSize});
  }
  if (s.scale.min().item<double>() <= 0)
    throw InputError(path + ": latent.scale holds a value that is not positive");
  return s;
}

/// The tensors whose names begin with `prefix`, without it.
std::map<std::string, at::Tensor> below(const std::map<std::string, at::Tensor>& tensors,
                                        const std::string& prefix) {
  std::map<std::string, at::Tensor> found;
  for (auto it = tensors.lower_bound(prefix); it != tensors.end() && it->first.rfind(prefix, 0) == 0; ++it)
    found[it->first.substr(prefix.size())] = it->second;
  return found;
}

std::shared_ptr<models::Autoencoder> stored_autoencoder(const Settings& settings,
                                                        const std::map<std::string, at::Tensor>& tensors,
                                                        const std::string& path) {
  if (!settings.autoencoder.file.empty()) {
    const models::Weights weights{path, below(tensors, "autoencoder."), {}};
    return std::make_shared<models::RgbAutoencoder>(models::load_kl_autoencoder(weights), path);
  }
  auto net =
      std::make_shared<models::ConvAutoencoder>(models::conv_autoencoder_config(settings.autoencoder.net),
                                                data::make_generator(0, Purpose::AutoencoderInit), true);
  net->parameters().load(tensors, "autoencoder.", path);
  return net;
}

constexpr const char* kMark = "mark";  ///< metadata that tells a mark from a whole model

/// Names and shapes are compared before anything is allocated: a small file cannot request a large
/// network.
void load_nets(Model& model, const std::map<std::string, at::Tensor>& tensors, bool averages,
               const std::string& path) {
  const auto layout = models::velocity_net_info(model.settings.flow.net).layout(model.settings);
  models::check_fit(layout, tensors, "velocity.", path, /*others_allowed=*/true);
  model.net = models::make_velocity_net(model.settings, data::make_generator(0, Purpose::FlowInit),
                                        !training::trains_in_place(model.settings));
  model.net->parameters().load(tensors, "velocity.", path);
  model.average = averages ? model.net->copy() : model.net;
  if (model.averages()) model.average->parameters().load(tensors, "ema.", path);
}

}  // namespace

files::Safetensors model_file(const Model& model) {
  files::Safetensors file;
  models::add_tensors(file, model.autoencoder->parameters().to_map("autoencoder."));
  models::add_tensors(file, model.net->parameters().to_map("velocity."));
  if (model.averages()) models::add_tensors(file, model.average->parameters().to_map("ema."));
  models::add_tensors(
      file, {{"latent.shift", model.standardisation.shift}, {"latent.scale", model.standardisation.scale}});
  file.metadata = metadata(model);
  return file;
}

void save_model(const Model& model, const std::string& path) {
  files::write_safetensors(path, model_file(model));
}

files::Safetensors mark_file(const Model& model) {
  files::Safetensors file;
  std::map<std::string, at::Tensor> weights = model.average->parameters().to_map("velocity.");
  if (model.own_autoencoder()) weights.merge(model.autoencoder->parameters().to_map("autoencoder."));
  for (auto& [name, value] : weights) value = value.to(at::kBFloat16);
  models::add_tensors(file, weights);
  models::add_tensors(
      file, {{"latent.shift", model.standardisation.shift}, {"latent.scale", model.standardisation.scale}});
  file.metadata = metadata(model);
  file.metadata[kMark] = "weights used for sampling, in bfloat16";
  return file;
}

std::unique_ptr<Model> model_of(const std::map<std::string, std::string>& metadata,
                                const std::map<std::string, at::Tensor>& tensors, const std::string& path,
                                const std::shared_ptr<models::Autoencoder>& autoencoder) {
  if (fact(metadata, "format", path) != kFormat) {
    throw InputError(path + ": model format '" + fact(metadata, "format", path) +
                     "' is unknown; this program reads " + kFormat);
  }
  const Settings settings = stored_settings(metadata, path);
  auto model = std::make_unique<Model>();
  model->settings = settings;
  const bool mark = metadata.count(kMark) > 0;
  const bool replaced = mark && autoencoder && !settings.autoencoder.file.empty();
  model->autoencoder = replaced ? autoencoder : stored_autoencoder(settings, tensors, path);
  load_nets(*model, tensors, settings.flow.ema && !mark, path);
  model->standardisation = stored_standardisation(tensors, path);
  model->autoencoder_steps = stored_count(metadata, "autoencoder_steps", path);
  model->flow_steps = stored_count(metadata, "flow_steps", path);
  model->data_name = fact(metadata, "data", path);
  model->data_digest = fact(metadata, "data_digest", path);
  for (const auto& [key, value] : metadata) {
    if (key.rfind("metric.", 0) == 0 || key == "reflow") model->facts[key] = value;
  }
  return model;
}

std::unique_ptr<Model> load_model(const std::string& path) {
  files::WeightFiles files(path);
  require_model_file(models::stored_names(files));
  files::Safetensors file = files.read_all();
  const auto metadata = file.metadata;
  return model_of(metadata, models::to_tensors(std::move(file)), path);
}

}  // namespace lf::inference
