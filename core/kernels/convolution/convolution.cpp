#include "kernels/convolution/convolution.h"

#include <algorithm>
#include <vector>

#include "kernels/convolution/place_cursor.h"
#include "kernels/lanes.h"

namespace lf::kernels {
namespace {

struct ConvolveJob {
  const ConvDirection& direction;
  int64_t samples;
  ConvInput x;
  const float *matrices, *start;
  ConvOutput<float> y;
};

struct GradientJob {
  const ConvDirection& direction;
  int64_t samples;
  ConvInput x;
  ConvOutput<const float> dy;
  float* d_matrices;
};

/// kRows positions times kVectors vectors of columns from `column` on. The sums stay in registers.
template <int64_t kLanes, int64_t kVectors, int64_t kRows>
LF_INLINE void convolve_tile(PlaceCursor<ConvolveJob>& cursor, int64_t column) {
  using Floats = typename Lanes<kLanes>::floats;
  const ConvolveJob& job = cursor.job;
  const float* x[kRows];
  float* y[kRows];
  for (int64_t r = 0; r < kRows; ++r) cursor.next(x[r], y[r]);
  Floats sums[kRows][kVectors];
#pragma GCC unroll 8
  for (int64_t r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
    for (int64_t v = 0; v < kVectors; ++v)
      sums[r][v] = lanes_at<kLanes>((job.start ? job.start : y[r]) + column + v * kLanes);
  }
  for (const ConvTap& tap : cursor.phase.taps) {
    const float* weights = job.matrices + tap.matrix * job.x.channels * job.y.columns + column;
    const int64_t first = tap.offset * job.x.pitch;
    for (int64_t i = first; i < first + job.x.channels; ++i, weights += job.y.columns) {
      Floats some[kVectors];
#pragma GCC unroll 3
      for (int64_t v = 0; v < kVectors; ++v) some[v] = lanes_at<kLanes>(weights + v * kLanes);
#pragma GCC unroll 8
      for (int64_t r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
        for (int64_t v = 0; v < kVectors; ++v) sums[r][v] += x[r][i] * some[v];
      }
    }
  }
#pragma GCC unroll 8
  for (int64_t r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
    for (int64_t v = 0; v < kVectors; ++v) lanes_at<kLanes>(y[r] + column + v * kLanes) = sums[r][v];
  }
}

template <int64_t kLanes, int64_t kVectors, int64_t kRows>
LF_INLINE void convolve_columns(const ConvolveJob& job) {
  for (const ConvPhase& phase : job.direction.phases) {
    for (int64_t column = 0; column < job.y.columns; column += kVectors * kLanes) {
      PlaceCursor<ConvolveJob> cursor{job, phase};
      int64_t left = job.samples * static_cast<int64_t>(phase.places.size());
      for (; left >= kRows; left -= kRows) convolve_tile<kLanes, kVectors, kRows>(cursor, column);
      for (; left >= 2; left -= 2) convolve_tile<kLanes, kVectors, 2>(cursor, column);
      if (left) convolve_tile<kLanes, kVectors, 1>(cursor, column);
    }
  }
}

/// A row of a matrix's gradient: the offset of its input channel from a position, and the row
/// itself.
struct GradientRow {
  int64_t offset;
  float* sums;
};

/// kRows rows of the gradient times kVectors vectors of columns from `column` on, over all
/// positions.
template <int64_t kLanes, int64_t kVectors, int64_t kRows>
LF_INLINE void gradient_tile(const GradientJob& job, const ConvPhase& phase, const GradientRow* rows,
                             int64_t column) {
  using Floats = typename Lanes<kLanes>::floats;
  Floats sums[kRows][kVectors];
  int64_t offsets[kRows];
#pragma GCC unroll 8
  for (int64_t r = 0; r < kRows; ++r) {
    offsets[r] = rows[r].offset;
#pragma GCC unroll 3
    for (int64_t v = 0; v < kVectors; ++v) sums[r][v] = lanes_at<kLanes>(rows[r].sums + column + v * kLanes);
  }
  for (int64_t sample = 0; sample < job.samples; ++sample) {
    const float* inputs = job.x.rows + sample * job.direction.inputs * job.x.pitch;
    const float* gradients = job.dy.rows + sample * job.direction.outputs * job.dy.columns + column;
    for (const ConvPlace& place : phase.places) {
      const float *x = inputs + place.input * job.x.pitch, *dy = gradients + place.output * job.dy.columns;
      Floats some[kVectors];
#pragma GCC unroll 3
      for (int64_t v = 0; v < kVectors; ++v) some[v] = lanes_at<kLanes>(dy + v * kLanes);
#pragma GCC unroll 8
      for (int64_t r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
        for (int64_t v = 0; v < kVectors; ++v) sums[r][v] += x[offsets[r]] * some[v];
      }
    }
  }
#pragma GCC unroll 8
  for (int64_t r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
    for (int64_t v = 0; v < kVectors; ++v) lanes_at<kLanes>(rows[r].sums + column + v * kLanes) = sums[r][v];
  }
}

std::vector<GradientRow> gradient_rows(const GradientJob& job, const ConvPhase& phase) {
  std::vector<GradientRow> rows;
  rows.reserve(phase.taps.size() * static_cast<size_t>(job.x.channels));
  for (const ConvTap& tap : phase.taps) {
    for (int64_t i = 0; i < job.x.channels; ++i) {
      rows.push_back({tap.offset * job.x.pitch + i,
                      job.d_matrices + (tap.matrix * job.x.channels + i) * job.dy.columns});
    }
  }
  return rows;
}

template <int64_t kLanes, int64_t kVectors, int64_t kRows>
LF_INLINE void gradient_columns(const GradientJob& job) {
  for (const ConvPhase& phase : job.direction.phases) {
    const std::vector<GradientRow> rows = gradient_rows(job, phase);
    for (int64_t column = 0; column < job.dy.columns; column += kVectors * kLanes) {
      const GradientRow* row = rows.data();
      auto left = static_cast<int64_t>(rows.size());
      for (; left >= kRows; left -= kRows, row += kRows)
        gradient_tile<kLanes, kVectors, kRows>(job, phase, row, column);
      for (; left; --left, ++row) gradient_tile<kLanes, kVectors, 1>(job, phase, row, column);
    }
  }
}

/// The number of sums that fit into the registers of a processor with these vectors.
template <int64_t kLanes>
constexpr int64_t kRowsOf = kLanes == 16 ? 8 : 4;

/// The number of vectors side by side that divides the columns: with three, each number of x has
/// three products.
template <int64_t kLanes>
LF_INLINE void run(const ConvolveJob& job) {
  if (job.y.columns % (3 * kLanes) == 0) {
    convolve_columns<kLanes, 3, kRowsOf<kLanes>>(job);
  } else if (job.y.columns % (2 * kLanes) == 0) {
    convolve_columns<kLanes, 2, kRowsOf<kLanes>>(job);
  } else {
    convolve_columns<kLanes, 1, kRowsOf<kLanes>>(job);
  }
}

template <int64_t kLanes>
LF_INLINE void run(const GradientJob& job) {
  if (job.dy.columns % (3 * kLanes) == 0) {
    gradient_columns<kLanes, 3, kRowsOf<kLanes>>(job);
  } else if (job.dy.columns % (2 * kLanes) == 0) {
    gradient_columns<kLanes, 2, kRowsOf<kLanes>>(job);
  } else {
    gradient_columns<kLanes, 1, kRowsOf<kLanes>>(job);
  }
}

LF_FOR_EVERY_WIDTH(void, run_here, run, (const ConvolveJob& job), (job))
LF_FOR_EVERY_WIDTH(void, run_here, run, (const GradientJob& job), (job))

}  // namespace

void convolve(const ConvDirection& direction, int64_t samples, const ConvInput& x, const float* matrices,
              const float* start, const ConvOutput<float>& y) {
  run_here(ConvolveJob{direction, samples, x, matrices, start, y});
}

void add_matrix_gradient(const ConvDirection& direction, int64_t samples, const ConvInput& x,
                         const ConvOutput<const float>& dy, float* d_matrices) {
  run_here(GradientJob{direction, samples, x, dy, d_matrices});
}

}  // namespace lf::kernels
