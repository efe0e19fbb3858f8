// The order in which a convolution visits the positions of a phase.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/convolution/plan.h"
#include "kernels/vector_clones.h"

namespace lf::kernels {

/// Iterates over all positions of a phase, sample by sample. A Job has the direction, and the rows
/// of x and y with the distances between them (x.rows, x.pitch, y.rows, y.columns).
template <class Job>
struct PlaceCursor {
  const Job& job;
  const ConvPhase& phase;
  int64_t sample = 0;
  size_t place = 0;

  template <class Number>
  LF_INLINE void next(const Number*& x, float*& y) {
    const ConvPlace& at = phase.places[place];
    x = job.x.rows + (sample * job.direction.inputs + at.input) * job.x.pitch;
    y = job.y.rows + (sample * job.direction.outputs + at.output) * job.y.columns;
    if (++place == phase.places.size()) {
      place = 0;
      ++sample;
    }
  }
};

}  // namespace lf::kernels
