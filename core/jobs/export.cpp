// `export`: bare weights under their Python names.
#include <nlohmann/json.hpp>

#include "base/distinct_files.h"
#include "base/errors.h"
#include "base/output_name.h"
#include "data/batches.h"
#include "jobs/job.h"
#include "models/rgb_autoencoder.h"
#include "models/weights/file.h"
#include "models/weights/tensor_io.h"
#include "protocol/commands.h"

namespace lf::jobs {
namespace {

/// Networks of the reference system are written under their Python names; our own under their own
/// names.
void save_part(const inference::Model& model, const std::string& part, const std::string& path) {
  const models::VelocityNet& net = part == "velocity" ? *model.net : *model.average;
  const auto* dit = dynamic_cast<const models::Dit*>(&net);
  const auto* kl = dynamic_cast<const models::RgbAutoencoder*>(model.autoencoder.get());
  if (part != "autoencoder" && dit) return models::save_dit(path, *dit);
  if (part == "autoencoder" && kl) return models::save_kl_autoencoder(path, kl->network());
  const models::ParameterSet& parameters =
      part == "autoencoder" ? std::as_const(*model.autoencoder).parameters() : net.parameters();
  files::Safetensors file;
  models::add_tensors(file, parameters.to_map());
  file.metadata = {{"part", part}, {"settings", nlohmann::json(model.settings.all()).dump()}};
  files::write_safetensors(path, file);
}

void save_fresh(const ExportWeightsCommand& command) {
  Settings settings(command.init);
  settings.set(setting_key(&GeneralSettings::seed), std::to_string(command.seed));
  for (const auto& assignment : split_words(command.settings)) settings.set_assignment(assignment);
  check_together(settings);
  if (command.part == "autoencoder" && command.init == "original" && settings.autoencoder.file.empty())
    throw InputError(
        "export: the reference system's autoencoder comes from a file and has no fresh weights; use --part "
        "velocity");
  save_part(*inference::make_model(settings), command.part, command.out);
}

}  // namespace

JobResult export_weights(const inference::Model* model, const ExportWeightsCommand& command) {
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

}  // namespace lf::jobs
