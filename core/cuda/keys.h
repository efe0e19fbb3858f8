// The random streams of a device step: those of its seed and purpose, as on the processor.
#pragma once

#include "base/seeds.h"
#include "cuda/flow_draw.h"

namespace lf::cuda {

inline FlowKeys flow_keys(uint64_t seed) {
  return {derived_seed(seed, Purpose::FlowOrder), derived_seed(seed, Purpose::FlowNoise, 0),
          derived_seed(seed, Purpose::FlowNoise, 1), derived_seed(seed, Purpose::FlowTime),
          derived_seed(seed, Purpose::FlowLabelDrop)};
}

}  // namespace lf::cuda
