#include "panels/panel_cache.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

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

void set_digits(ImageAtlas& atlas, const std::vector<uint8_t>& pictures, uint64_t version) {
  atlas.set(pictures.data(), pictures.size() / 784, version);
}

std::vector<uint8_t> joined(std::initializer_list<const std::vector<uint8_t>*> parts) {
  std::vector<uint8_t> all;
  for (const auto* part : parts) all.insert(all.end(), part->begin(), part->end());
  return all;
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
  set_digits(growth, joined({&block.original, &block.images}), block.version);
  growth_steps.assign(block.step.begin(), block.step.end());
  growth_psnr.resize(looks);
  for (size_t i = 0; i < looks; ++i)
    growth_psnr[i] = psnr(block.original.data(), block.images.data() + i * bytes, bytes);
}

/// Images of unknown neighbours stay empty.
void PanelCache::update_nearest(const LabNearest& found, uint64_t version) {
  if (version == nearest_version_) return;
  nearest_version_ = version;
  if (!found.pictures.empty()) set_digits(lab_samples, found.pictures, version);
  const auto half = static_cast<size_t>(found.samples * found.k) * 784;
  std::vector<uint8_t> all(2 * half);
  std::copy(found.latent.pictures.begin(), found.latent.pictures.end(), all.begin());
  std::copy(found.pixels.pictures.begin(), found.pixels.pictures.end(),
            all.begin() + static_cast<std::ptrdiff_t>(half));
  set_digits(lab_neighbours, all, version);
}

void PanelCache::update_lab(const LabBlock& lab) {
  update_lab_digits(lab);
  update_lab_pairs(lab);
  if (lab.time_grid) update_time_grid(*lab.time_grid, lab.version);
  if (lab.nearest) update_nearest(*lab.nearest, lab.version);
  if (lab.field && lab.field != streaks_of_) {
    streaks_of_ = lab.field;
    lab_streaks[0].set(lab.field->learned.streaks, lab.field->texture);
    lab_streaks[1].set(lab.field->exact.streaks, lab.field->texture);
  }
  if (lab.solvers) update_solvers(*lab.solvers, lab.version);
}

/// Tools of one list of digits.
void PanelCache::update_lab_digits(const LabBlock& lab) {
  if (lab.guidance_grid) {
    set_digits(lab_headings, lab.guidance_grid->guesses, lab.version);
    if (!lab.guidance_grid->pictures.empty())
      set_digits(lab_pictures, lab.guidance_grid->pictures, lab.version);
  }
  if (lab.drawing) {
    const LabDrawing& found = *lab.drawing;
    set_digits(lab_pictures, joined({&found.picture, &found.reconstruction, &found.way, &found.classes}),
               lab.version);
  }
  if (lab.interpolation) {
    std::vector<uint8_t> all = lab.interpolation->ends;
    for (const LabFilm& film : lab.interpolation->films)
      all.insert(all.end(), film.pictures.begin(), film.pictures.end());
    set_digits(lab_pictures, all, lab.version);
  }
  if (lab.coupling && !lab.coupling->now.pictures.empty())
    set_digits(lab_pictures, joined({&lab.coupling->now.pictures, &lab.coupling->before.pictures}),
               lab.version);
  if (lab.straightness) set_digits(lab_pictures, lab.straightness->pictures, lab.version);
  if (lab.step) set_digits(lab_pictures, lab.step->pictures, lab.version);
  if (lab.likelihood && !lab.likelihood->pictures.empty())
    set_digits(lab_typical, lab.likelihood->pictures, lab.version);
}

/// Tools that show the digits on their way beside those they head for.
void PanelCache::update_lab_pairs(const LabBlock& lab) {
  if (lab.ghost) {
    const LabGhost& g = *lab.ghost;
    const size_t pictures = g.t.size() * static_cast<size_t>(g.digits);
    lab_states.set(g.states.data(), pictures, lab.version);
    lab_guesses.set(g.guesses.data(), pictures, lab.version);
  }
  if (lab.network && !lab.network->pictures.empty()) {
    const std::vector<uint8_t>& both = lab.network->pictures;
    lab_states.set(both.data(), both.size() / 2 / 784, lab.version);
    lab_guesses.set(both.data() + both.size() / 2, both.size() / 2 / 784, lab.version);
  }
}

/// The ends of every solver with their difference from the true ones, which come last.
void PanelCache::update_solvers(const LabSolvers& found, uint64_t version) {
  if (version == solvers_version_) return;
  solvers_version_ = version;
  std::vector<uint8_t> truth;
  for (size_t i = 0; i < found.points.size(); ++i)
    truth.insert(truth.end(), found.true_pictures.begin(), found.true_pictures.end());
  lab_differences.set_difference(truth.data(), found.pictures.data(), found.pictures.size() / 784, version);
  set_digits(lab_pictures, joined({&found.pictures, &found.true_pictures}), version);
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
  set_digits(lab_pictures, joined({&all, &found.true_pictures}), version);
}

}  // namespace lf
