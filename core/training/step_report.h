// What a trainer reports of each step, for the loss curves and the check for divergence.
#pragma once

#include <cstdint>

namespace lf::training {

struct StepReport {
  int64_t step = 0;          ///< steps done, this one included
  double loss = 0;           ///< nats per digit (autoencoder) or mean squared velocity error (flow)
  double gradient_norm = 0;  ///< before clipping
  double rate = 0;           ///< learning rate used
};

}  // namespace lf::training
