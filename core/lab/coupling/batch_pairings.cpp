#include "lab/coupling/batch_pairings.h"

#include <cmath>
#include <numeric>

#include "data/generator.h"
#include "flow/coupling.h"
#include "inference/latent_axes.h"
#include "lab/plain_values.h"
#include "training/flow/batch.h"

namespace lf::lab {
namespace {

constexpr int64_t kPool = 6000, kBatches = 20;

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation(const std::vector<double>& values) {
  const double centre = mean(values);
  double sum = 0;
  for (const double v : values) sum += (v - centre) * (v - centre);
  return values.size() < 2 ? 0 : std::sqrt(sum / static_cast<double>(values.size() - 1));
}

}  // namespace

BatchPairings::BatchPairings(const inference::Model& model, LatentStore& latents, int64_t batch,
                             uint64_t seed)
    : model_(model),
      latents_(latents),
      batch_(batch),
      seed_(seed),
      costs_(flow::coupling_laws().size()),
      skews_(flow::coupling_laws().size()),
      excesses_(flow::coupling_laws().size()) {
  first_.batch = std::min(batch_, latents_.train().cache->size());
  first_.planned = kBatches;
}

double BatchPairings::progress() const {
  const double laws = static_cast<double>(flow::coupling_laws().size());
  return (static_cast<double>(done_) + static_cast<double>(law_) / laws) / kBatches;
}

bool BatchPairings::advance() {
  news_ = false;
  auto& train = latents_.train();
  if (!train.complete() && train.known() < kPool) {
    train.advance();
    return true;
  }
  if (done_ >= kBatches) return false;
  if (!x0_.defined()) draw_next();
  measure(law_);
  if (++law_ < flow::coupling_laws().size()) return true;
  law_ = 0;
  x0_ = at::Tensor();
  ++done_;
  news_ = true;
  return done_ < kBatches;
}

/// A training batch before pairing.
void BatchPairings::draw_next() {
  const auto& train = latents_.train();
  auto generator = data::make_generator(seed_, Purpose::FlowOrder, static_cast<uint64_t>(done_));
  const at::Tensor rows = at::randperm(train.known(), generator, at::kLong).narrow(0, 0, first_.batch);
  labels_ = train.labels.index_select(0, rows);
  const training::FlowBatch drawn = training::draw_flow_batch(
      train.cache->rows(rows), model_.standardisation, labels_,
      {flow::TimeLaw::Uniform, 0, seed_, flow::CouplingLaw::Independent}, static_cast<uint64_t>(done_));
  x0_ = drawn.x0.flatten(1);
  x1_ = drawn.x1.flatten(1);
  if (done_ > 0) return;
  const inference::LatentAxes axes =
      inference::find_latent_axes(latents_.standard_means(train), train.labels.narrow(0, 0, train.known()));
  first_.latents = floats_of(axes.project(x1_));
  first_.noise = floats_of(axes.project(x0_));
  first_.labels = bytes_of(labels_);
}

void BatchPairings::measure(size_t law) {
  const auto& [name, which] = flow::coupling_laws()[law];
  const flow::Coupling pairs = flow::couple(which, x0_, x1_, labels_);
  costs_[law].push_back(pairs.cost);
  skews_[law].push_back(pairs.skew->deviations);
  excesses_[law].push_back(pairs.skew->excess);
  if (done_ > 0) return;
  LabPairing pairing;
  pairing.law = name;
  const int64_t* row = pairs.noise_row.data_ptr<int64_t>();
  pairing.noise_row.assign(row, row + pairs.noise_row.numel());
  first_.pairings.push_back(pairing);
}

void BatchPairings::publish(LabCoupling& found) const {
  if (!known()) return;
  found.batch = first_.batch;
  found.planned = first_.planned;
  found.batches = done_;
  found.labels = first_.labels;
  found.latents = first_.latents;
  found.noise = first_.noise;
  found.pairings = first_.pairings;
  for (size_t law = 0; law < found.pairings.size(); ++law) {
    LabPairing& pairing = found.pairings[law];
    pairing.cost = mean(costs_[law]);
    pairing.cost_spread = deviation(costs_[law]);
    pairing.skew = mean(skews_[law]);
    pairing.excess = mean(excesses_[law]);
  }
}

}  // namespace lf::lab
