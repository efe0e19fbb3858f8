// A batch of the flow, sampled where it is used: digit, posterior sample, noise, time, hidden
// label, and from them the point on the path and the target velocity (flow/paths.h). One thread
// computes four coordinates of a sample.
#pragma once

#include <cstdint>

#include "base/classes.h"
#include "cuda/shuffle.h"
#include "cuda/time_draw.h"

namespace lf::cuda {

constexpr int kDrawnLatent = 64;  ///< coordinates of a latent
constexpr int kDrawnQuads = kDrawnLatent / 4;
constexpr int64_t kDrawnNoLabel = kNoClass;  ///< the label that stands for none

/// Keys of the random streams, one per purpose.
struct FlowKeys {
  uint64_t order, noise, posterior, time, drop;
};

/// Inputs and destination of the batch. All pointers are of the side that runs it.
struct FlowDraw {
  const float *mean, *deviation;  ///< (count, 64): posteriors
  const float *shift, *scale;     ///< (64): standardisation
  const int64_t* labels;          ///< (count)
  uint64_t count, batch;
  FlowKeys keys;
  DrawLaw law;
  float sigma_min, label_drop;
  float *x_t, *target;  ///< (batch, 64)
  float* t;             ///< (batch)
  int64_t* drawn;       ///< (batch): labels, 10 where hidden
};

/// Coordinates 4·quad … 4·quad+3 of sample `i`; quad 0 also writes its time and label.
LF_HOST_DEVICE inline void draw_flow_quad(const FlowDraw& d, uint64_t step, uint64_t i, int quad) {
  const uint64_t row = epoch_draw(i, step, d.batch, d.count, d.keys.order);
  const float t = draw_time(d.law, d.keys.time, step, i, d.batch), shrink = 1 - d.sigma_min;
  float x0[4], fresh[4];
  const uint64_t item = i * kDrawnQuads + static_cast<uint64_t>(quad);
  normal_quad(d.keys.noise, step, item, x0);
  normal_quad(d.keys.posterior, step, item, fresh);
  for (int k = 0; k < 4; ++k) {
    const int coordinate = 4 * quad + k;
    const uint64_t from = row * kDrawnLatent + static_cast<uint64_t>(coordinate);
    const uint64_t to = i * kDrawnLatent + static_cast<uint64_t>(coordinate);
    const float x1 =
        (d.mean[from] + d.deviation[from] * fresh[k] - d.shift[coordinate]) / d.scale[coordinate];
    d.x_t[to] = (1 - shrink * t) * x0[k] + t * x1;
    d.target[to] = x1 - shrink * x0[k];
  }
  if (quad != 0) return;
  d.t[i] = t;
  const bool hidden = unit_uniform(random_words(d.keys.drop, step, i).w[0]) < d.label_drop;
  d.drawn[i] = hidden ? kDrawnNoLabel : d.labels[row];
}

}  // namespace lf::cuda
