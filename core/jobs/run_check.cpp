#include "jobs/run_check.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/distinct_files.h"
#include "base/errors.h"
#include "base/paths.h"
#include "base/time_text.h"
#include "records/provenance.h"
#include "run/folder.h"
#include "run/list/label.h"
#include "run/run_files.h"
#include "run/training_run.h"
#include "run/weights_digest.h"

namespace lf::jobs {
namespace {

namespace fs = std::filesystem;
using Entry = records::ProvenanceEntry;

constexpr size_t kDigestLetters = 12;

/// The digest that the run recorded for its present weights; "" if it recorded none at this step.
std::string recorded_digest(const records::Provenance& provenance, const inference::Model& model) {
  std::string digest;
  for (const Entry& entry : provenance.entries)
    if (entry.what == Entry::What::Weights && entry.flow_step > 0 && entry.flow_step == model.flow_steps)
      digest = entry.digest;
  return digest;
}

/// The step after which nothing may be recorded.
void require_plausible(const records::Provenance& provenance, const inference::Model& model,
                       const std::string& file) {
  for (const Entry& entry : provenance.entries)
    if (entry.flow_step > model.flow_steps)
      throw InputError("import-run: " + file + ": its record goes to flow step " +
                       with_thousands(entry.flow_step) + ", its weights are of step " +
                       with_thousands(model.flow_steps));
}

}  // namespace

RunCheck::RunCheck(fs::path folder) : folder_(std::move(folder)) {
  const std::string why = no_folder_reason(folder_);
  if (!why.empty()) throw InputError("import-run: " + folder_.string() + ": " + why);
  if (!run::is_run_folder(folder_))
    throw InputError("import-run: " + folder_.string() + " holds no run (no model and no checkpoint)");
  find_files();
}

void RunCheck::find_files() {
  std::vector<std::string> names = run_files();
  names.insert(names.end(), {run::kLabelName, run::kDamagedLabelName});
  for (const std::string& name : names) {
    const fs::path file = folder_ / name;
    if (is_link(file))
      throw InputError("import-run: " + file.string() + " is a link to another place; put the file there");
    if (kind_of(file) == PathKind::Nothing) continue;
    const std::string why = no_file_reason(file);
    if (!why.empty()) throw InputError("import-run: " + file.string() + ": " + why);
    files_.emplace_back(name);
  }
  add_folder("figures", {".png", ".gif"});
  marks_ = run::Marks(folder_);
}

void RunCheck::add_folder(const std::string& name, const std::vector<std::string>& endings) {
  if (is_link(folder_ / name)) return;
  for (const FolderEntry& entry : folder_entries(folder_ / name).entries) {
    const std::string ending = entry.path.extension().string();
    const bool known = std::find(endings.begin(), endings.end(), ending) != endings.end();
    if (known && entry.kind == PathKind::File && !is_link(entry.path))
      files_.push_back(fs::path(name) / entry.path.filename());
  }
}

void RunCheck::compare_digest(const inference::Model& model, const std::string& recorded,
                              const std::string& file) {
  if (recorded.empty()) {
    digest_words_ = "no digest recorded at this step";
    return;
  }
  if (run::flow_digest(model) != recorded)
    throw InputError("import-run: " + file + ": its weights at flow step " +
                     with_thousands(model.flow_steps) + " are not those that the run recorded (digest " +
                     recorded.substr(0, kDigestLetters) + "…); copy the folder again");
  digest_words_ = "weights as recorded";
}

void RunCheck::check_checkpoint() {
  if (!is_file(folder_ / run::kCheckpointName)) return;
  run::Checkpoint stored = run::load_checkpoint(folder_);
  const records::Provenance provenance = run::stored_provenance(stored.state, stored.file);
  require_plausible(provenance, *stored.model, stored.file);
  compare_digest(*stored.model, recorded_digest(provenance, *stored.model), stored.file);
  model_ = std::move(stored.model);
}

void RunCheck::check_model() {
  const fs::path file = folder_ / run::kModelName;
  if (is_file(file)) {
    auto model = inference::load_model(file.string());
    if (model_ && model_->data_digest != model->data_digest)
      throw InputError("import-run: " + file.string() +
                       " and the checkpoint beside it are of different runs");
    if (!model_) model_ = std::move(model);
  }
  data_name_ = model_->data_name;
  data_digest_ = model_->data_digest;
  flow_steps_ = model_->flow_steps;
}

void RunCheck::check_texts() {
  run::stored_history(folder_);
  const fs::path report = folder_ / "report.json";
  if (is_file(report) &&
      !nlohmann::json::parse(run::read_text_file(report), nullptr, /*allow_exceptions=*/false).is_object())
    throw InputError("import-run: " + report.string() + ": it is not a report of a run");
}

/// One mark; false after the last one.
bool RunCheck::check_mark() {
  if (mark_ >= marks_.steps().size()) return false;
  const int64_t step = marks_.steps()[mark_++];
  try {
    marks_.load(step, *model_);
    files_.push_back(fs::path(run::Marks::kFolderName) / run::Marks::name_of(step));
  } catch (const InputError&) {
    damaged_marks_.push_back(step);
  }
  return true;
}

bool RunCheck::advance() {
  switch (part_) {
    case Part::Checkpoint:
      check_checkpoint();
      part_ = Part::Model;
      return true;
    case Part::Model:
      check_model();
      part_ = Part::Texts;
      return true;
    case Part::Texts:
      check_texts();
      part_ = Part::Marks;
      return true;
    case Part::Marks:
      if (!check_mark()) part_ = Part::Done;
      return true;
    case Part::Done:
      break;
  }
  model_.reset();
  return false;
}

double RunCheck::progress() const {
  if (part_ == Part::Done) return 1;
  const auto all = static_cast<double>(marks_.steps().size() + 3);
  return (static_cast<double>(part_) + static_cast<double>(mark_)) / (all + 1);
}

int64_t RunCheck::bytes() const {
  int64_t bytes = 0;
  for (const fs::path& name : files_) bytes += static_cast<int64_t>(file_bytes(folder_ / name));
  return bytes;
}

std::string RunCheck::summary() const {
  std::string text = "flow step " + with_thousands(flow_steps_) + ", trained on " + data_name_;
  if (!data_digest_.empty()) text += " (digest " + data_digest_.substr(0, kDigestLetters) + "…)";
  if (!digest_words_.empty()) text += ", " + digest_words_;
  if (!damaged_marks_.empty()) {
    text += "; left out, because they are damaged: marks of step";
    for (const int64_t step : damaged_marks_) text += " " + std::to_string(step);
  }
  return text;
}

}  // namespace lf::jobs
