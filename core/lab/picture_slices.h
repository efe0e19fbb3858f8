// Latents to images in slices, for tools that decode thousands.
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "base/sliced_work.h"
#include "inference/model.h"

namespace lf {

class PictureSlices : public SlicedWork {
 public:
  /// `standard` (N, 64) or (N, 4, 4, 4) standardised latents; `model` outlives it.
  PictureSlices(const Model& model, const at::Tensor& standard);
  /// Decodes some more; false when all are complete.
  bool advance() override;
  double progress() const override;
  /// uint8 (N · 784), complete once advance() returned false.
  std::vector<uint8_t>& bytes() { return bytes_; }

 private:
  const Model& model_;
  at::Tensor latents_;
  int64_t done_ = 0;
  std::vector<uint8_t> bytes_;
};

}  // namespace lf
