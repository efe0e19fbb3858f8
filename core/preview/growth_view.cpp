#include "preview/growth_view.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cstring>

#include "base/classes.h"
#include "data/batches.h"
#include "inference/latent_axes.h"
#include "training/latents.h"

namespace lf::preview {
namespace {

constexpr int64_t kMapped = 500;
constexpr double kDegreesTowardsAxes = 8;  ///< per preview
constexpr size_t kMostLooks = 64;          ///< beyond this number, every second one is dropped

/// The first digit of each class in the set.
at::Tensor one_of_each_class(const at::Tensor& labels) {
  std::vector<at::Tensor> chosen;
  for (int64_t digit = 0; digit < kClasses; ++digit) {
    const at::Tensor rows = (labels == digit).nonzero().reshape({-1});
    chosen.push_back(rows.narrow(0, 0, std::min<int64_t>(1, rows.size(0))));
  }
  return at::cat(chosen);
}

/// Evenly over the set: its digits may be sorted by class.
at::Tensor spread_over(int64_t count, int64_t wanted) {
  const int64_t n = std::min(count, wanted);
  return at::arange(n, at::kLong) * std::max<int64_t>(1, count / std::max<int64_t>(1, n));
}

template <class T>
void copy_to(const at::Tensor& from, std::vector<T>& to) {
  const at::Tensor plain = from.contiguous();
  to.resize(static_cast<size_t>(plain.numel()));
  if (!to.empty()) std::memcpy(to.data(), plain.data_ptr(), plain.nbytes());
}

/// Drops every second preview, but never the first and the last.
void thin(GrowthBlock& block) {
  const size_t looks = block.step.size(), digits = static_cast<size_t>(block.digits);
  GrowthBlock kept = block;
  kept.step.clear();
  kept.images = {};
  for (size_t i = 0; i < looks; ++i) {
    if (i % 2 == 1 && i + 1 < looks) continue;
    kept.step.push_back(block.step[i]);
    kept.images.append(block.images, i * digits, digits);
  }
  block = std::move(kept);
}

}  // namespace

int64_t next_growth_look(int64_t step) { return step + std::clamp<int64_t>(step / 12, 1, 25); }

GrowthView::GrowthView(const data::DataTensors& data) {
  const at::Tensor shown = one_of_each_class(data.test_labels);
  const at::Tensor mapped = spread_over(data.test_pixels.size(0), kMapped);
  shown_ = data.test_pixels.index_select(0, shown);
  mapped_ = data.test_pixels.index_select(0, mapped);
  labels_ = data.test_labels.index_select(0, mapped);
  growth_.digits = shown.size(0);
  copy_to(data.test_labels.index_select(0, shown).to(at::kByte), growth_.labels);
  growth_.original = data::image_sheet(shown_);
  copy_to(labels_.to(at::kByte), map_.labels);
}

void GrowthView::look(const inference::Model& model) {
  at::NoGradGuard no_grad;
  reconstruct(model);
  encode(model);
}

void GrowthView::reconstruct(const inference::Model& model) {
  growth_.step.push_back(model.autoencoder_steps);
  growth_.images.append(data::image_sheet(data::to_pixels(inference::reconstruct_pixels(model, shown_))));
  if (growth_.step.size() > kMostLooks) thin(growth_);
}

/// The map of the means, on axes that turn as little as possible between previews. The encoder
/// changes in between, so the digits' positions are compared.
void GrowthView::encode(const inference::Model& model) {
  const int64_t n = mapped_.size(0);
  const models::Posterior q = model.autoencoder->encode(data::image_batch(mapped_, at::arange(n, at::kLong)));
  const training::Latents latents{q.mean.reshape({n, models::kLatentSize}),
                                  (0.5 * q.log_variance).exp().reshape({n, models::kLatentSize})};
  const at::Tensor standard = training::standardise(latents).to_standard(latents.mean);
  const inference::LatentAxes axes = inference::find_latent_axes(standard, labels_);
  const at::Tensor places = axes.project(standard);  // (n, 2)
  places_ = places_.defined() ? places.matmul(inference::gradual_turn(places, places_, kDegreesTowardsAxes))
                              : places;
  map_.axes = axes.by_class ? "class axes" : "principal axes";
  copy_to(places_, map_.points);
  map_.trained_step = model.autoencoder_steps;
}

}  // namespace lf::preview
