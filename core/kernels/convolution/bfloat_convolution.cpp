#include "kernels/convolution/bfloat_convolution.h"

#include <vector>

#include "kernels/arithmetic.h"
#include "kernels/bfloat/target.h"
#include "kernels/convolution/place_cursor.h"

namespace lf::kernels {

#if LF_HAS_BFLOAT

namespace {

constexpr int64_t kLanes = 16;
constexpr int64_t kTileRows = 8;  ///< with three vectors each: 24 sums, and registers left for the operands

struct ConvolveJob {
  const ConvDirection& direction;
  int64_t samples;
  const BfloatConvInput& x;
  const BfloatPair* matrices;
  const float* start;
  const ConvOutput<float>& y;
};

struct GradientJob {
  const ConvDirection& direction;
  int64_t pairs;
  const BfloatConvInput& x;
  const ConvOutput<const BfloatPair>& dy;
};

LF_BFLOAT inline __m512bh spread(BfloatPair word) {
  return (__m512bh)_mm512_set1_epi32(static_cast<int>(word));
}

/// kRows positions times kVectors vectors of columns from `column` on. The sums stay in registers.
template <int64_t kVectors, int64_t kRows>
LF_BFLOAT void convolve_tile(PlaceCursor<ConvolveJob>& cursor, int64_t column) {
  const ConvolveJob& job = cursor.job;
  const BfloatPair* x[kRows];
  float* y[kRows];
  for (int64_t r = 0; r < kRows; ++r) cursor.next(x[r], y[r]);
  __m512 sums[kRows][kVectors];
#pragma GCC unroll 8
  for (int64_t r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
    for (int64_t v = 0; v < kVectors; ++v)
      sums[r][v] = _mm512_loadu_ps((job.start ? job.start : y[r]) + column + v * kLanes);
  }
  for (const ConvTap& tap : cursor.phase.taps) {
    const BfloatPair* weights = job.matrices + tap.matrix * job.x.words * job.y.columns + column;
    const int64_t first = tap.offset * job.x.pitch;
    for (int64_t i = first; i < first + job.x.words; ++i, weights += job.y.columns) {
      __m512bh some[kVectors];
#pragma GCC unroll 3
      for (int64_t v = 0; v < kVectors; ++v) some[v] = (__m512bh)_mm512_loadu_si512(weights + v * kLanes);
#pragma GCC unroll 8
      for (int64_t r = 0; r < kRows; ++r) {
        const __m512bh both = spread(x[r][i]);
#pragma GCC unroll 3
        for (int64_t v = 0; v < kVectors; ++v) sums[r][v] = _mm512_dpbf16_ps(sums[r][v], both, some[v]);
      }
    }
  }
#pragma GCC unroll 8
  for (int64_t r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
    for (int64_t v = 0; v < kVectors; ++v) _mm512_storeu_ps(y[r] + column + v * kLanes, sums[r][v]);
  }
}

template <int64_t kVectors>
LF_BFLOAT void convolve_columns(const ConvolveJob& job) {
  for (const ConvPhase& phase : job.direction.phases) {
    for (int64_t column = 0; column < job.y.columns; column += kVectors * kLanes) {
      PlaceCursor<ConvolveJob> cursor{job, phase};
      int64_t left = job.samples * static_cast<int64_t>(phase.places.size());
      for (; left >= kTileRows; left -= kTileRows) convolve_tile<kVectors, kTileRows>(cursor, column);
      for (; left >= 2; left -= 2) convolve_tile<kVectors, 2>(cursor, column);
      if (left) convolve_tile<kVectors, 1>(cursor, column);
    }
  }
}

/// kRows rows of a matrix's gradient, `stride` numbers apart, whose channels begin at x + offset,
/// times kVectors vectors of columns from `column` on, over all positions.
template <int64_t kVectors, int64_t kRows>
LF_BFLOAT void gradient_tile(const GradientJob& job, const ConvPhase& phase, int64_t offset, int64_t column,
                             float* rows) {
  const int64_t stride = job.dy.columns;
  __m512 sums[kRows][kVectors];
#pragma GCC unroll 8
  for (int64_t r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
    for (int64_t v = 0; v < kVectors; ++v)
      sums[r][v] = _mm512_loadu_ps(rows + r * stride + column + v * kLanes);
  }
  for (int64_t pair = 0; pair < job.pairs; ++pair) {
    const BfloatPair* inputs = job.x.rows + pair * job.direction.inputs * job.x.pitch + offset;
    const BfloatPair* gradients = job.dy.rows + pair * job.direction.outputs * stride + column;
    for (const ConvPlace& place : phase.places) {
      const BfloatPair *x = inputs + place.input * job.x.pitch, *dy = gradients + place.output * stride;
      __m512bh some[kVectors];
#pragma GCC unroll 3
      for (int64_t v = 0; v < kVectors; ++v) some[v] = (__m512bh)_mm512_loadu_si512(dy + v * kLanes);
#pragma GCC unroll 8
      for (int64_t r = 0; r < kRows; ++r) {
        const __m512bh both = spread(x[r]);
#pragma GCC unroll 3
        for (int64_t v = 0; v < kVectors; ++v) sums[r][v] = _mm512_dpbf16_ps(sums[r][v], both, some[v]);
      }
    }
  }
#pragma GCC unroll 8
  for (int64_t r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
    for (int64_t v = 0; v < kVectors; ++v)
      _mm512_storeu_ps(rows + r * stride + column + v * kLanes, sums[r][v]);
  }
}

template <int64_t kVectors>
LF_BFLOAT void gradient_columns(const GradientJob& job, float* d_matrices) {
  for (const ConvPhase& phase : job.direction.phases) {
    for (const ConvTap& tap : phase.taps) {
      const int64_t offset = tap.offset * job.x.pitch;
      float* matrix = d_matrices + tap.matrix * job.x.words * job.dy.columns;
      for (int64_t column = 0; column < job.dy.columns; column += kVectors * kLanes) {
        int64_t i = 0;
        for (; i + kTileRows <= job.x.words; i += kTileRows)
          gradient_tile<kVectors, kTileRows>(job, phase, offset + i, column, matrix + i * job.dy.columns);
        for (; i < job.x.words; ++i)
          gradient_tile<kVectors, 1>(job, phase, offset + i, column, matrix + i * job.dy.columns);
      }
    }
  }
}

}  // namespace

bool has_bfloat_convolutions() { return bfloat_unit() == BFloatUnit::Avx512; }

LF_BFLOAT void round_side_by_side(int64_t count, const float* first, const float* second, BfloatPair* words) {
  const __m512i order = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7,
                                         22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  for (int64_t i = 0; i < count; i += kLanes) {
    const __m512 upper = second ? _mm512_loadu_ps(second + i) : _mm512_setzero_ps();
    const auto both = (__m512i)_mm512_cvtne2ps_pbh(upper, _mm512_loadu_ps(first + i));
    _mm512_storeu_si512(words + i, _mm512_permutexvar_epi16(order, both));
  }
}

void convolve_bfloat(const ConvDirection& direction, int64_t samples, const BfloatConvInput& x,
                     const BfloatPair* matrices, const float* start, const ConvOutput<float>& y) {
  const ConvolveJob job{direction, samples, x, matrices, start, y};
  if (y.columns % (3 * kLanes) == 0) {
    convolve_columns<3>(job);
  } else if (y.columns % (2 * kLanes) == 0) {
    convolve_columns<2>(job);
  } else {
    convolve_columns<1>(job);
  }
}

void add_matrix_gradient_bfloat(const ConvDirection& direction, int64_t pairs, const BfloatConvInput& x,
                                const ConvOutput<const BfloatPair>& dy, float* d_matrices) {
  const GradientJob job{direction, pairs, x, dy};
  if (dy.columns % (3 * kLanes) == 0) {
    gradient_columns<3>(job, d_matrices);
  } else if (dy.columns % (2 * kLanes) == 0) {
    gradient_columns<2>(job, d_matrices);
  } else {
    gradient_columns<1>(job, d_matrices);
  }
}

#else

bool has_bfloat_convolutions() { return false; }

void round_side_by_side(int64_t, const float*, const float*, BfloatPair*) {}

void convolve_bfloat(const ConvDirection&, int64_t, const BfloatConvInput&, const BfloatPair*, const float*,
                     const ConvOutput<float>&) {}

void add_matrix_gradient_bfloat(const ConvDirection&, int64_t, const BfloatConvInput&,
                                const ConvOutput<const BfloatPair>&, float*) {}

#endif

}  // namespace lf::kernels
