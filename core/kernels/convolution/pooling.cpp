#include "kernels/convolution/pooling.h"

#include "kernels/lanes.h"

namespace lf::kernels {
namespace {

template <int64_t kLanes>
LF_INLINE void larger(typename Lanes<kLanes>::floats& a, const float* b) {
  const typename Lanes<kLanes>::floats other = lanes_at<kLanes>(b);
  a = a > other ? a : other;
}

template <int64_t kLanes>
LF_INLINE void pool_all(int64_t samples, int64_t side, int64_t columns, const float* x, float* y) {
  const int64_t half = side / 2, row = side * columns;
  for (int64_t s = 0; s < samples; ++s, x += side * row) {
    for (int64_t place = 0; place < half * half; ++place, y += columns) {
      const float* corner = x + place / half * 2 * row + place % half * 2 * columns;
      for (int64_t c = 0; c < columns; c += kLanes) {
        typename Lanes<kLanes>::floats most = lanes_at<kLanes>(corner + c);
        larger<kLanes>(most, corner + columns + c);
        larger<kLanes>(most, corner + row + c);
        larger<kLanes>(most, corner + row + columns + c);
        lanes_at<kLanes>(y + c) = most;
      }
    }
  }
}

template <int64_t kLanes>
LF_INLINE void relu_all(int64_t count, const float* x, const float* added, float* y) {
  using Floats = typename Lanes<kLanes>::floats;
  for (int64_t i = 0; i < count; i += kLanes) {
    Floats value = lanes_at<kLanes>(x + i);
    if (added) value += lanes_at<kLanes>(added + i);
    lanes_at<kLanes>(y + i) = value > 0 ? value : Floats{};
  }
}

LF_FOR_EVERY_WIDTH(void, pool_here, pool_all,
                   (int64_t samples, int64_t side, int64_t columns, const float* x, float* y),
                   (samples, side, columns, x, y))
LF_FOR_EVERY_WIDTH(void, relu_here, relu_all, (int64_t count, const float* x, const float* added, float* y),
                   (count, x, added, y))

}  // namespace

void max_pool(int64_t samples, int64_t side, int64_t columns, const float* x, float* y) {
  pool_here(samples, side, columns, x, y);
}

void relu_of(int64_t count, const float* x, const float* added, float* y) { relu_here(count, x, added, y); }

}  // namespace lf::kernels
