#include "training/flow/pairs.h"

#include <ATen/ATen.h>

#include "data/generator.h"

namespace lf::training {

FlowPairs FlowPairs::rows(int64_t first, int64_t count) const {
  return {x0.narrow(0, first, count), x1.narrow(0, first, count), labels.narrow(0, first, count)};
}

FlowBatch draw_pair_batch(const FlowPairs& pairs, const at::Tensor& indices, const BatchDraw& draw,
                          uint64_t counter) {
  auto times = data::make_generator(draw.seed, Purpose::FlowTime, counter);
  return {as_maps(pairs.x0.index_select(0, indices)), as_maps(pairs.x1.index_select(0, indices)),
          flow::sample_times(draw.time_law, indices.size(0), times), pairs.labels.index_select(0, indices)};
}

}  // namespace lf::training
