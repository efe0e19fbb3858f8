#include "lab/step_batch.h"

#include "data/batches.h"
#include "flow/time_sampling.h"
#include "models/autoencoder.h"
#include "training/optimizers.h"

namespace lf {
namespace {

at::Tensor as_maps(const at::Tensor& flat) {
  return flat.view({-1, kLatentChannels, kLatentSide, kLatentSide});
}

}  // namespace

FlowBatch training_batch(const Model& model, const LatentStore::Split& train, const at::Tensor& rows,
                         uint64_t seed, uint64_t counter) {
  const int64_t n = rows.size(0);
  auto noise = make_generator(seed, Purpose::FlowNoise, counter);
  auto times = make_generator(seed, Purpose::FlowTime, counter);
  auto drop = make_generator(seed, Purpose::FlowLabelDrop, counter);
  FlowBatch b;
  b.x0 = as_maps(at::randn({n, kLatentSize}, noise, at::kFloat));
  const Latents posterior = train.cache->rows(rows);
  const at::Tensor raw =
      at::addcmul(posterior.mean, posterior.deviation, at::randn({n, kLatentSize}, noise, at::kFloat));
  b.x1 = as_maps(model.standardisation.to_standard(raw));
  b.t = sample_times(time_law_from_name(model.settings.text("flow.time")), n, times);
  const at::Tensor hidden = at::rand({n}, drop, at::kFloat) < model.settings.number("flow.label_drop");
  b.labels = train.labels.index_select(0, rows).masked_fill(hidden, kNullLabel);
  return b;
}

std::unique_ptr<Optimizer> new_optimizer(const ParameterSet& parameters, const Settings& s) {
  const AdamWOptions adamw{0.9, s.number("flow.beta2"), 1e-8, s.number("flow.weight_decay"),
                           s.number("flow.clip")};
  if (s.text("flow.optimizer") != "muon")
    return std::make_unique<AdamW>(parameters.flat(), parameters.flat_gradient(), adamw);
  MuonOptions options;
  options.adamw = adamw;
  options.rate_ratio = s.number("flow.muon_lr") / s.number("flow.lr");
  options.turns = 1;
  return std::make_unique<Muon>(parameters.flat(), parameters.flat_gradient(),
                                hidden_matrices(parameters, "blocks."), options);
}

}  // namespace lf
