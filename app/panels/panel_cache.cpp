#include "panels/panel_cache.h"

#include <algorithm>
#include <cmath>

#include "lab/coupling/result.h"
#include "lab/drawing/result.h"
#include "lab/field/result.h"
#include "lab/ghost/result.h"
#include "lab/guidance/result.h"
#include "lab/interpolation/result.h"
#include "lab/likelihood/result.h"
#include "lab/nearest/result.h"
#include "lab/network/result.h"
#include "lab/solvers/result.h"
#include "lab/step/result.h"
#include "lab/straightness/result.h"
#include "lab/time_grid/result.h"

namespace lf {

namespace {

/// Peak signal-to-noise ratio of `count` bytes, in dB.
float psnr(const uint8_t* a, const uint8_t* b, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  const double mean = sum / (255.0 * 255.0 * static_cast<double>(std::max<size_t>(1, count)));
  return static_cast<float>(-10 * std::log10(std::max(1e-9, mean)));
}

}  // namespace

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
  update_growth(*snapshot.growth);
  update_lab(*snapshot.lab);
}

void PanelCache::update_growth(const GrowthBlock& block) {
  const size_t bytes = block.original.size(), looks = block.step.size();
  if (block.version == growth_version_ || block.images.size() != looks * bytes || bytes == 0) return;
  growth_version_ = block.version;
  std::vector<uint8_t> all = block.original;
  all.insert(all.end(), block.images.begin(), block.images.end());
  growth.set(all.data(), all.size() / 784, block.version);
  growth_steps.assign(block.step.begin(), block.step.end());
  growth_psnr.resize(looks);
  for (size_t i = 0; i < looks; ++i)
    growth_psnr[i] = psnr(block.original.data(), block.images.data() + i * bytes, bytes);
}

/// Images of unknown neighbours stay empty.
void PanelCache::update_nearest(const LabNearest& found, uint64_t version) {
  if (version == nearest_version_) return;
  nearest_version_ = version;
  if (!found.pictures.empty()) lab_samples.set(found.pictures.data(), found.pictures.size() / 784, version);
  const auto half = static_cast<size_t>(found.samples * found.k) * 784;
  std::vector<uint8_t> all(2 * half);
  std::copy(found.latent.pictures.begin(), found.latent.pictures.end(), all.begin());
  std::copy(found.pixels.pictures.begin(), found.pixels.pictures.end(),
            all.begin() + static_cast<std::ptrdiff_t>(half));
  lab_neighbours.set(all.data(), all.size() / 784, version);
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
  if (lab.drawing) {
    const LabDrawing& found = *lab.drawing;
    std::vector<uint8_t> all;
    for (const auto* part : {&found.picture, &found.reconstruction, &found.way, &found.classes})
      all.insert(all.end(), part->begin(), part->end());
    lab_pictures.set(all.data(), all.size() / 784, lab.version);
  }
  if (lab.interpolation) {
    const LabInterpolation& found = *lab.interpolation;
    std::vector<uint8_t> all = found.ends;
    for (const LabFilm& film : found.films) all.insert(all.end(), film.pictures.begin(), film.pictures.end());
    lab_pictures.set(all.data(), all.size() / 784, lab.version);
  }
  if (lab.coupling && !lab.coupling->now.pictures.empty()) {
    std::vector<uint8_t> all = lab.coupling->now.pictures;
    all.insert(all.end(), lab.coupling->before.pictures.begin(), lab.coupling->before.pictures.end());
    lab_pictures.set(all.data(), all.size() / 784, lab.version);
  }
  if (lab.straightness) {
    const std::vector<uint8_t>& pictures = lab.straightness->pictures;
    lab_pictures.set(pictures.data(), pictures.size() / 784, lab.version);
  }
  if (lab.time_grid) update_time_grid(*lab.time_grid, lab.version);
  if (lab.network && !lab.network->pictures.empty()) {
    const std::vector<uint8_t>& both = lab.network->pictures;
    lab_states.set(both.data(), both.size() / 2 / 784, lab.version);
    lab_guesses.set(both.data() + both.size() / 2, both.size() / 2 / 784, lab.version);
  }
  if (lab.step) lab_pictures.set(lab.step->pictures.data(), lab.step->pictures.size() / 784, lab.version);
  if (lab.nearest) update_nearest(*lab.nearest, lab.version);
  if (lab.likelihood && !lab.likelihood->pictures.empty())
    lab_typical.set(lab.likelihood->pictures.data(), lab.likelihood->pictures.size() / 784, lab.version);
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

/// The current grid, equal steps, equalised ones and the reference; unknown ones stay empty.
void PanelCache::update_time_grid(const LabTimeGrid& found, uint64_t version) {
  if (version == time_grid_version_) return;
  time_grid_version_ = version;
  const size_t bytes = found.true_pictures.size();
  std::vector<uint8_t> all, truth;
  for (const LabGrid* grid : {&found.present, &found.equal, &found.equalised}) {
    const auto& pictures = grid->pictures.size() == bytes ? grid->pictures : found.true_pictures;
    all.insert(all.end(), pictures.begin(), pictures.end());
    truth.insert(truth.end(), found.true_pictures.begin(), found.true_pictures.end());
  }
  lab_differences.set_difference(truth.data(), all.data(), all.size() / 784, version);
  all.insert(all.end(), found.true_pictures.begin(), found.true_pictures.end());
  lab_pictures.set(all.data(), all.size() / 784, version);
}

}  // namespace lf
