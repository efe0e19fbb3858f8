#include "jobs/share/gather.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "base/paths.h"
#include "base/time_text.h"
#include "flow/solvers.h"
#include "inference/sampling.h"
#include "jobs/share/live_network.h"
#include "preview/gallery.h"
#include "preview/latent_map.h"
#include "run/folder.h"
#include "run/list/label.h"
#include "run/run_files.h"
#include "run/weights_digest.h"

namespace lf::jobs {
namespace fs = std::filesystem;
namespace {

using share::ShareContent;

/// The folder of the files beside a model.
fs::path share_folder(const compare::Subject& subject) {
  if (!subject.run_folder.empty()) return subject.run_folder;
  const fs::path given(subject.path);
  return is_folder(given) ? given : given.parent_path();
}

void add_label(const compare::Subject& subject, ShareContent& content, std::vector<std::string>& notes) {
  content.title = subject.name;
  if (subject.run_folder.empty()) return;
  const run::StoredLabel stored = run::read_label(subject.run_folder);
  if (!stored.problem.empty()) notes.push_back("the label of the run is left out: it is damaged");
  if (!stored.label.name.empty()) content.title = stored.label.name;
  content.note = stored.label.note;
  content.tags = stored.label.tags;
}

/// The command in the run's report; "" if there is none.
std::string stored_reproduce(const compare::Subject& subject) {
  if (subject.run_folder.empty()) return "";
  const std::string text = run::read_text_file(fs::path(subject.run_folder) / "report.json");
  const auto report = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!report.is_object() || !report.contains("reproduce") || !report.at("reproduce").is_string()) return "";
  return share::without_folders(report.at("reproduce").get<std::string>());
}

void add_facts(const compare::Subject& subject, ShareContent& content) {
  const inference::Model& model = *subject.model;
  const auto add = [&](const std::string& name, const std::string& value) {
    content.facts.emplace_back(name, value);
  };
  add("Seed", std::to_string(model.settings.general.seed));
  add("Autoencoder steps", with_thousands(model.autoencoder_steps));
  add("Flow steps", with_thousands(model.flow_steps));
  add("Autoencoder", share::without_folders(inference::autoencoder_words(model)) + ", " +
                         with_thousands(model.autoencoder->parameters().count()) + " parameters");
  add("Velocity network",
      model.settings.flow.net + ", " + with_thousands(model.net->parameters().count()) + " parameters");
  add("Weights for sampling", model.averages() ? "moving average (EMA)" : "last step");
  if (const records::Environment* made = subject.provenance.last_environment()) {
    add("Trained with", made->build);
    add("Device", made->device + (made->arithmetic.empty() ? "" : " · " + made->arithmetic));
  }
  content.reproduce = stored_reproduce(subject);
}

void add_settings(const inference::Model& model, ShareContent& content) {
  for (const auto& [key, value] : model.settings.all()) {
    content.settings.emplace_back(key, share::without_folders(value));
    if (value != model.settings.preset_text(key)) content.changed.push_back(key);
  }
}

void add_curves(const compare::Subject& subject, ShareContent& content, std::vector<std::string>& notes) {
  content.no_curves = "There are no training curves: only a run keeps them, this is a model without its run.";
  const fs::path folder = share_folder(subject);
  if (subject.run_folder.empty() && !is_file(folder / "history.csv")) return;
  try {
    RunCurves curves = run::load_curves(folder);
    if (!curves.autoencoder.value.empty() || !curves.flow.value.empty()) content.curves = std::move(curves);
  } catch (const InputError& damaged) {
    content.no_curves = "The training curves are damaged and left out.";
    notes.push_back(std::string(damaged.what()) + "; its curves are left out");
  }
}

/// Reconstructions, and the map of the latents.
preview::LatentMap add_gallery(const compare::Subject& subject, ShareContent& content,
                               std::vector<std::string>& notes) {
  content.no_reconstructions =
      "There are no reconstructions: a run keeps some in gallery.safetensors when it ends.";
  const preview::LatentMap none{preview::plain_axes(), std::make_shared<MapBlock>()};
  const fs::path file = share_folder(subject) / "gallery.safetensors";
  if (!is_file(file)) return none;
  try {
    const preview::Gallery gallery = preview::load_gallery(file.string());
    if (!gallery.reconstructions.labels.empty()) content.reconstructions = gallery.reconstructions;
    return preview::make_latent_map(gallery.latents, gallery.labels, MapBlock{});
  } catch (const InputError& damaged) {
    content.no_reconstructions = "The stored reconstructions are damaged and left out.";
    notes.push_back(damaged.what());
    return none;
  }
}

/// The model's own sampler, or midpoint with as many evaluations if the page does not have its solver.
void add_sampler(const inference::Model& model, ShareContent& content) {
  const bool adaptive = flow::solver_from_name(model.settings.sampler.solver).adaptive;
  const inference::SampleOptions options =
      inference::sample_options(model.settings, adaptive ? "midpoint" : "");
  content.solver = options.solver;
  content.steps = options.steps;
  content.labelled = model.net->labelled();
}

}  // namespace

ShareContent gather_share(const compare::Subject& subject, uint64_t seed, std::vector<std::string>& notes) {
  const inference::Model& model = *subject.model;
  ShareContent content;
  content.seed = seed;
  content.preset = model.settings.preset();
  content.data = model.data_name;
  content.score = subject.score;
  add_label(subject, content, notes);
  add_facts(subject, content);
  add_settings(model, content);
  content.digests = {{"Digits", model.data_digest},
                     {"Autoencoder", run::autoencoder_digest(model)},
                     {"Velocity network", run::flow_digest(model)}};
  add_curves(subject, content, notes);
  const preview::LatentMap map = add_gallery(subject, content, notes);
  add_sampler(model, content);
  content.no_network = no_live_network(model);
  if (content.no_network.empty()) content.network = live_network(model, map.axes, *map.block);
  return content;
}

}  // namespace lf::jobs
