#include "run/provenance_notes.h"

#include "run/environment.h"
#include "run/weights_digest.h"

namespace lf {

void ProvenanceNotes::begin_session(const Accelerator* accelerator) {
  const Environment now = this_environment(accelerator, model_.settings);
  const Environment* last = provenance_.last_environment();
  if (last && *last == now) return;
  note(ProvenanceEntry::What::Session, 0);
  provenance_.entries.back().environment = now;
}

void ProvenanceNotes::note(ProvenanceEntry::What what, double number) {
  ProvenanceEntry entry;
  entry.what = what;
  entry.number = number;
  entry.autoencoder_step = model_.autoencoder_steps;
  entry.flow_step = model_.flow_steps;
  provenance_.entries.push_back(entry);
}

void ProvenanceNotes::note_weights(bool of_flow, int64_t step, bool last) {
  if (!last && !is_marked_step(step)) return;
  const bool beside = !of_flow && model_.flow_steps > 0;
  note(beside ? ProvenanceEntry::What::Decoder : ProvenanceEntry::What::Weights, 0);
  provenance_.entries.back().digest = of_flow ? flow_digest(model_) : autoencoder_digest(model_);
}

}  // namespace lf
