#include "training/flow/batch.h"

#include "base/classes.h"
#include "data/generator.h"

namespace lf::training {

at::Tensor as_maps(const at::Tensor& flat) {
  return flat.view({-1, models::kLatentChannels, models::kLatentSide, models::kLatentSide});
}

FlowBatch draw_flow_batch(const Latents& posterior, const Standardisation& standardisation,
                          const at::Tensor& labels, const BatchDraw& draw, uint64_t counter) {
  const int64_t n = labels.size(0);
  auto noise = data::make_generator(draw.seed, Purpose::FlowNoise, counter);
  auto times = data::make_generator(draw.seed, Purpose::FlowTime, counter);
  auto drop = data::make_generator(draw.seed, Purpose::FlowLabelDrop, counter);
  FlowBatch b;
  b.x0 = as_maps(at::randn({n, models::kLatentSize}, noise, at::kFloat));
  // A new sample at every visit: the Gaussian is stored, not one sample of it.
  const at::Tensor raw = at::addcmul(posterior.mean, posterior.deviation,
                                     at::randn({n, models::kLatentSize}, noise, at::kFloat));
  b.x1 = as_maps(standardisation.to_standard(raw));
  if (draw.coupling != flow::CouplingLaw::Independent)
    b.x0 = b.x0.index_select(0, flow::couple(draw.coupling, b.x0, b.x1, labels).noise_row);
  b.t = flow::sample_times(draw.time_law, n, times);
  const at::Tensor hidden = at::rand({n}, drop, at::kFloat) < draw.label_drop;
  b.labels = labels.masked_fill(hidden, kNoClass);
  return b;
}

}  // namespace lf::training
