#include "compare/divergence.h"

#include <algorithm>

#include "base/errors.h"
#include "base/time_text.h"
#include "inference/reflow_pairs.h"
#include "run/weights_digest.h"

namespace lf::compare {
namespace {

using Entry = records::ProvenanceEntry;

int64_t all_steps(const Entry& entry) { return entry.autoencoder_step + entry.flow_step; }

/// The same weights of both runs: the same network after the same steps.
const Entry* counterpart(const Entry& entry, const records::Provenance& other) {
  for (const Entry& candidate : other.entries) {
    if (candidate.what == entry.what && candidate.autoencoder_step == entry.autoencoder_step &&
        candidate.flow_step == entry.flow_step)
      return &candidate;
  }
  return nullptr;
}

/// "; b is a reflow of a", or a branch of it; "" if the records do not say so.
std::string kinship(const Subject& a, const Subject& b) {
  if (b.provenance.pairs > 0 && a.model->flow_steps > 0 &&
      run::flow_digest(*inference::student_of(*a.model)) == b.provenance.start)
    return b.name + " is a reflow of " + a.name + ": it began with these weights";
  const Entry* branch = b.provenance.last_branch();
  if (branch && branch->parent == a.name)
    return b.name + " is a branch of " + a.name + " at flow step " + with_thousands(branch->flow_step) +
           (branch->settings.empty() ? ", with the same settings" : ", with " + branch->settings);
  return "";
}

}  // namespace

Divergence find_divergence(const Subject& a, const Subject& b) {
  Divergence found;
  std::string related = kinship(a, b);
  if (related.empty()) related = kinship(b, a);
  const std::string first = related.empty() ? "" : related + ". ";
  if (!a.provenance.known() || !b.provenance.known()) {
    found.text = first + "Not both are runs with recorded weights";
    return found;
  }
  std::string last_same, place;
  for (const Entry& entry : a.provenance.entries) {
    if (!run::has_digest(entry)) continue;
    const Entry* other = counterpart(entry, b.provenance);
    if (!other) continue;
    found.comparable = true;
    if (other->digest != entry.digest) {
      found.diverges = true;
      found.different_steps = all_steps(entry);
      place = run::place_of(entry);
      break;
    }
    found.same_steps = all_steps(entry);
    last_same = run::place_of(entry);
  }
  if (!found.comparable)
    found.text = first + "They have no recorded step in common";
  else if (!found.diverges)
    found.text = first + "The same weights at every common recorded step, the last " + last_same;
  else if (last_same.empty())
    found.text = first + "Different from the first recorded step on, " + place;
  else
    found.text = first + "The same weights up to " + last_same + ", different at " + place;
  return found;
}

DivergenceSearch::DivergenceSearch(const run::RepeatSource& a, const run::RepeatSource& b,
                                   const run::DeviceChoice& device, Divergence known)
    : a_(a, device), b_(b, device), known_(std::move(known)) {
  if (!known_.diverges) throw InputError("compare: nothing to narrow: " + known_.text);
}

double DivergenceSearch::progress() const {
  return std::min(1.0, static_cast<double>(std::min(a_.steps(), b_.steps())) /
                           static_cast<double>(std::max<int64_t>(1, known_.different_steps)));
}

bool DivergenceSearch::advance() {
  if (found_ >= 0 || ended_) return false;
  run::RepeatedRun& behind = a_.steps() <= b_.steps() ? a_ : b_;
  ended_ = !behind.advance();
  if (a_.steps() == b_.steps() && a_.steps() > compared_) compare();
  return found_ < 0 && !ended_;
}

void DivergenceSearch::compare() {
  compared_ = a_.steps();
  if (compared_ <= known_.same_steps) return;
  a_.run().settle();
  b_.run().settle();
  const bool same = run::flow_digest(a_.model()) == run::flow_digest(b_.model()) &&
                    run::autoencoder_digest(a_.model()) == run::autoencoder_digest(b_.model());
  if (same) return;
  found_ = compared_;
  const run::RunStatus now = a_.run().status();
  place_ = now.flow_step > 0 ? "flow step " + with_thousands(now.flow_step)
                             : "autoencoder step " + with_thousands(now.autoencoder_step);
}

std::string DivergenceSearch::text() const {
  if (found_ < 0)
    return "Trained again, the two could not be followed to the step at which they diverge" +
           (a_.note().empty() ? "" : " (" + a_.note() + ")");
  return "Trained again step by step, their weights differ for the first time after " + place_;
}

}  // namespace lf::compare
