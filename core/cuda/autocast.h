// Products in bfloat16, everything else in float32, for one scope.
#pragma once

#include <ATen/autocast_mode.h>

namespace lf::cuda {

/// Enables LibTorch's automatic casts for this thread and device type CUDA, until the end of the
/// scope. The weights stay float32. Without the cache each product casts its weight again, as a
/// replayed graph must.
class BfloatProducts {
 public:
  explicit BfloatProducts(bool wanted)
      : enabled_(at::autocast::is_autocast_enabled(at::kCUDA)),
        cached_(at::autocast::is_autocast_cache_enabled()),
        type_(at::autocast::get_autocast_dtype(at::kCUDA)) {
    at::autocast::set_autocast_enabled(at::kCUDA, wanted);
    at::autocast::set_autocast_cache_enabled(false);
    at::autocast::set_autocast_dtype(at::kCUDA, at::kBFloat16);
  }
  ~BfloatProducts() {
    at::autocast::set_autocast_enabled(at::kCUDA, enabled_);
    at::autocast::set_autocast_cache_enabled(cached_);
    at::autocast::set_autocast_dtype(at::kCUDA, type_);
  }
  BfloatProducts(const BfloatProducts&) = delete;
  BfloatProducts& operator=(const BfloatProducts&) = delete;

 private:
  bool enabled_, cached_;
  at::ScalarType type_;
};

}  // namespace lf::cuda
