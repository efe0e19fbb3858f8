#include "panels/panel_cache.h"

#include "messages/lab_field.h"
#include "messages/lab_ghost.h"
#include "messages/lab_guidance.h"
#include "messages/lab_solvers.h"

namespace lf {

void PanelCache::update(const Snapshot& snapshot) {
  const FlowBlock& flow = *snapshot.flow;
  const size_t pictures = flow.t.size() * static_cast<size_t>(flow.digits);
  if (flow.images.size() == pictures * 784) flow_images.set(flow.images.data(), pictures, flow.version);
  if (flow.endpoints.size() == pictures * 784)
    flow_endpoints.set(flow.endpoints.data(), pictures, flow.version);
  const ReconstructionBlock& r = *snapshot.reconstruction;
  const size_t n = r.labels.size();
  if (r.original.size() == n * 784 && r.reconstruction.size() == n * 784) {
    originals.set(r.original.data(), n, r.version);
    reconstructions.set(r.reconstruction.data(), n, r.version);
    differences.set_difference(r.original.data(), r.reconstruction.data(), n, r.version);
  }
  update_lab(*snapshot.lab);
}

void PanelCache::update_lab(const LabBlock& lab) {
  if (lab.ghost) {
    const LabGhost& g = *lab.ghost;
    const size_t pictures = g.t.size() * static_cast<size_t>(g.digits);
    lab_states.set(g.states.data(), pictures, lab.version);
    lab_guesses.set(g.guesses.data(), pictures, lab.version);
  }
  if (lab.guidance_grid) {
    const LabGuidance& g = *lab.guidance_grid;
    lab_headings.set(g.guesses.data(), g.guesses.size() / 784, lab.version);
    if (!g.pictures.empty()) lab_pictures.set(g.pictures.data(), g.pictures.size() / 784, lab.version);
  }
  if (lab.field && lab.field != streaks_of_) {
    streaks_of_ = lab.field;
    lab_streaks[0].set(lab.field->learned.streaks, lab.field->texture);
    lab_streaks[1].set(lab.field->exact.streaks, lab.field->texture);
  }
  if (!lab.solvers || lab.version == solvers_version_) return;
  solvers_version_ = lab.version;
  const LabSolvers& found = *lab.solvers;
  std::vector<uint8_t> truth;
  for (size_t i = 0; i < found.points.size(); ++i)
    truth.insert(truth.end(), found.true_pictures.begin(), found.true_pictures.end());
  const size_t count = found.pictures.size() / 784;
  lab_differences.set_difference(truth.data(), found.pictures.data(), count, lab.version);
  std::vector<uint8_t> all = found.pictures;
  all.insert(all.end(), found.true_pictures.begin(), found.true_pictures.end());
  lab_pictures.set(all.data(), all.size() / 784, lab.version);
}

}  // namespace lf
