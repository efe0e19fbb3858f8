#include "run/provenance_notes.h"

#include "config/branch_settings.h"
#include "run/environment.h"
#include "run/weights_digest.h"

namespace lf::run {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const auto& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

}  // namespace

void ProvenanceNotes::begin_session(const training::Accelerator* accelerator) {
  const records::Environment now = this_environment(accelerator, model_.settings);
  const records::Environment* last = provenance_.last_environment();
  if (last && *last == now) return;
  note(records::ProvenanceEntry::What::Session, 0);
  provenance_.entries.back().environment = now;
}

void ProvenanceNotes::note(records::ProvenanceEntry::What what, double number) {
  records::ProvenanceEntry entry;
  entry.what = what;
  entry.number = number;
  entry.autoencoder_step = model_.autoencoder_steps;
  entry.flow_step = model_.flow_steps;
  provenance_.entries.push_back(entry);
}

void ProvenanceNotes::note_branch(const std::string& parent, const Settings& before, const Settings& after) {
  note(records::ProvenanceEntry::What::Branch, 0);
  records::ProvenanceEntry& entry = provenance_.entries.back();
  entry.parent = parent;
  entry.settings = joined(changed_settings(before, after));
  entry.settings_before = joined(changed_settings(after, before));
}

void ProvenanceNotes::note_weights(bool of_flow, int64_t step, bool last) {
  if (!last && !records::is_marked_step(step)) return;
  const bool beside = !of_flow && model_.flow_steps > 0;
  note(beside ? records::ProvenanceEntry::What::Decoder : records::ProvenanceEntry::What::Weights, 0);
  provenance_.entries.back().digest = of_flow ? flow_digest(model_) : autoencoder_digest(model_);
}

}  // namespace lf::run
