#include "run/run_files.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/errors.h"
#include "base/paths.h"
#include "base/printed.h"
#include "base/version.h"
#include "config/autoencoder_share.h"
#include "files/atomic_write.h"
#include "kernels/arithmetic.h"
#include "models/weights/tensor_io.h"
#include "preview/score.h"
#include "records/report.h"

namespace lf::run {
namespace {

/// Prefix of the run's state in a checkpoint; the model's weights do not have it.
constexpr const char* kState = "state.";

constexpr uint64_t kMostText = 256 << 20;  ///< a history of millions of rows

void require_numbers(const inference::Model& model) {
  for (const models::ParameterSet* set :
       {&model.autoencoder->parameters(), &model.net->parameters(), &model.average->parameters()}) {
    // A sum is finite only if all terms are: this needs no tensor of flags for a hundred million
    // weights.
    if (!std::isfinite(set->flat().abs().sum(at::kDouble).item<double>()))
      throw DivergedError("a weight is not a number");
  }
}

void save_checkpoint(const std::filesystem::path& file, const inference::Model& model,
                     const TrainingRun& run) {
  files::Safetensors checkpoint = inference::model_file(model);
  std::map<std::string, at::Tensor> state;
  for (const auto& [name, tensor] : run.to_map()) state[kState + name] = tensor;
  models::add_tensors(checkpoint, state);
  checkpoint.metadata["checkpoint"] = "3";
  files::write_safetensors(file, checkpoint);
}

/// `steps` of the autoencoder in epochs, precise enough to give the same number of steps again.
std::string epochs_text(int64_t steps, int64_t per_epoch) {
  return printed("%.9g", static_cast<double>(steps) / static_cast<double>(per_epoch));
}

/// The resolved value of "auto": the plan of a budget in seconds depended on the machine's speed.
std::string frozen_text(const records::RunPlan& plan, int64_t per_epoch) {
  return plan.encoder_steps == plan.autoencoder_steps ? "end" : epochs_text(plan.encoder_steps, per_epoch);
}

/// The command that makes a branch again, where its parent is.
std::string branch_line(const records::ProvenanceEntry& branch) {
  std::string line =
      "latentflow train --branch " + quoted(branch.parent) + " --at " + std::to_string(branch.flow_step);
  for (const auto& word : split_words(branch.settings)) line += " --set " + quoted(word);
  return line;
}

/// The command that gives the same bytes again: step counts instead of a budget in seconds.
std::string reproduce(const inference::Model& model, const TrainingRun& run, int64_t threads) {
  const RunStatus now = run.status();
  const records::ProvenanceEntry* branch = run.provenance().last_branch();
  const Settings& s = model.settings;
  const records::RunPlan& plan = now.plan;
  const int64_t per_epoch = autoencoder_steps_per_epoch(s, now.train_count);
  if (branch) return branch_line(*branch);
  std::string line = "latentflow train --preset " + s.preset() + " --steps " +
                     std::to_string(plan.flow_steps) + " --seed " + std::to_string(s.general.seed) +
                     " --threads " + std::to_string(threads);
  // The resolved value of "auto", which differs between processors.
  const bool rounds = kernels::arithmetic_for(s.general.arithmetic) == kernels::Arithmetic::BFloat16;
  line += std::string(" --set arithmetic=") + (rounds ? "bfloat16" : "float32");
  if (plan.autoencoder_steps > 0) {
    line += " --set autoencoder.epochs=" + epochs_text(plan.autoencoder_steps, per_epoch);
    if (s.autoencoder.freeze.word == NumberWord::Auto)
      line += " --set autoencoder.freeze=" + frozen_text(plan, per_epoch);
  }
  std::set<std::string> said{setting_key(&GeneralSettings::arithmetic), setting_key(&GeneralSettings::seed),
                             setting_key(&GeneralSettings::threads),
                             setting_key(&AutoencoderSettings::epochs), setting_key(&FlowSettings::steps)};
  if (s.autoencoder.freeze.word == NumberWord::Auto) said.insert(setting_key(&AutoencoderSettings::freeze));
  for (const auto& [key, value] : s.all()) {
    if (said.count(key) == 0 && value != s.preset_text(key)) line += " --set " + quoted(key + "=" + value);
  }
  return line;
}

nlohmann::ordered_json report(const inference::Model& model, const TrainingRun& run, const RunFacts& facts) {
  const RunStatus now = run.status();
  nlohmann::ordered_json r{
      {"program", std::string("latentflow ") + kProgramVersion},
      {"preset", model.settings.preset()},
      {"state", facts.state},
      {"started", facts.started},
      {"seconds", now.seconds},
      {"autoencoder", inference::autoencoder_words(model)},
      {"autoencoder_steps", now.autoencoder_step},
      {"autoencoder_total", now.plan.autoencoder_steps},
      {"encoder_steps", now.plan.encoder_steps},
      {"flow_steps", now.flow_step},
      {"flow_total", now.plan.flow_steps},
      {"loss", now.last_loss},
      {"device", facts.device},
      {"threads", facts.threads},
      {"arithmetic", kernels::arithmetic_name(kernels::arithmetic_for(model.settings.general.arithmetic))},
      {"data", model.data_name},
      {"data_digest", model.data_digest},
      {"train_digits", now.train_count},
      {"budget",
       {{"seconds", facts.budget.seconds},
        {"steps", facts.budget.steps},
        {"epochs", facts.budget.epochs},
        {"until_fd", facts.budget.until_fd}}},
      {"measured_step_seconds",
       {{"autoencoder", now.speed.autoencoder}, {"decoder", now.speed.decoder}, {"flow", now.speed.flow}}},
      {"settings", model.settings.all()},
      {"course", nlohmann::ordered_json::parse(records::provenance_text(run.provenance()))},
      {"reproduce", reproduce(model, run, facts.threads)}};
  if (const records::ProvenanceEntry* branch = run.provenance().last_branch()) {
    r["parent"] = branch->parent;
    r["branch_step"] = branch->flow_step;
  }
  if (facts.score.valid) {
    const auto figures = nlohmann::ordered_json::parse(preview::score_json(facts.score, facts.judge));
    for (const auto& [key, value] : figures.items()) r[key] = value;
  }
  return r;
}

}  // namespace

Checkpoint load_checkpoint(const std::filesystem::path& folder) {
  Checkpoint found;
  found.file = (folder / kCheckpointName).string();
  files::Safetensors file = files::read_safetensors(found.file);
  const auto metadata = file.metadata;
  const auto tensors = models::to_tensors(std::move(file));
  if (metadata.count("checkpoint") == 0) {
    found.model = inference::load_model((folder / "model.safetensors").string());
    found.state = tensors;
    return found;
  }
  found.model = inference::model_of(metadata, tensors, found.file);
  const std::string prefix = kState;
  for (auto it = tensors.lower_bound(prefix); it != tensors.end() && it->first.rfind(prefix, 0) == 0; ++it)
    found.state[it->first.substr(prefix.size())] = it->second;
  return found;
}

void save_run(const std::filesystem::path& folder, const inference::Model& model, const TrainingRun& run,
              const RunFacts& facts) {
  require_numbers(model);
  save_checkpoint(folder / kCheckpointName, model, run);
  inference::save_model(model, (folder / "model.safetensors").string());
  files::write_file_atomically(folder / "history.csv", run.history().csv());
  std::string commands;
  for (const auto& line : facts.commands) commands += line + "\n";
  files::write_file_atomically(folder / "commands.log", commands);
  files::write_file_atomically(folder / "report.json", report(model, run, facts).dump(2) + "\n");
}

void note_score(inference::Model& model, const Score& score, const std::string& judge) {
  const std::map<std::string, double> figures{{"fd", score.fd},
                                              {"fd_floor", score.fd_floor},
                                              {"rfd", score.rfd},
                                              {"accuracy", score.accuracy},
                                              {"psnr", score.psnr},
                                              {"class_kl", score.class_kl},
                                              {"mean_ink", score.mean_ink},
                                              {"memorisation", score.memorisation},
                                              {"count", static_cast<double>(score.count)}};
  for (const auto& [name, value] : figures) {
    if (std::isfinite(value)) model.facts["metric." + name] = nlohmann::json(value).dump();
  }
  model.facts["metric.confusion"] = nlohmann::json(score.confusion).dump();
  model.facts["metric.judge"] = judge;
  model.facts["metric.grade"] = score.grade;
}

Score stored_score(const inference::Model& model) {
  Score score = records::score_of_facts(model.facts);
  score.step = model.flow_steps;
  return score;
}

Budget stored_budget(const std::filesystem::path& folder) {
  return records::budget_of_report(read_text_file(folder / "report.json"));
}

records::History stored_history(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "history.csv";
  if (kind_of(file) == PathKind::Nothing && !is_link(file)) return {};
  const auto bytes = files::read_file(file, kMostText);
  return records::parse_history({bytes.begin(), bytes.end()}, file.string());
}

std::string read_text_file(const std::filesystem::path& file) {
  try {
    const auto bytes = files::read_file(file, kMostText);
    return {bytes.begin(), bytes.end()};
  } catch (const InputError&) {
    return "";
  }
}

}  // namespace lf::run
