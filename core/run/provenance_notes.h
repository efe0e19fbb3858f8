// Writes down what happens to a run while it happens.
#pragma once

#include "inference/model.h"
#include "records/provenance.h"
#include "training/accelerator.h"

namespace lf::run {

class ProvenanceNotes {
 public:
  /// `model` outlives it.
  explicit ProvenanceNotes(const inference::Model& model) : model_(model) {}

  const records::Provenance& provenance() const { return provenance_; }
  records::Provenance& provenance() { return provenance_; }
  /// A session begins: notes the environment, where that is not what it was.
  void begin_session(const training::Accelerator* accelerator);
  void note(records::ProvenanceEntry::What what, double number);
  /// A branch of `parent` begins, which has the settings `after` instead of `before`.
  void note_branch(const std::string& parent, const Settings& before, const Settings& after);
  /// Notes the weights that a step changed, where it is one of the marked ones or the `last` of its kind.
  void note_weights(bool of_flow, int64_t step, bool last);

 private:
  const inference::Model& model_;
  records::Provenance provenance_;
};

}  // namespace lf::run
