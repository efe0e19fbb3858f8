// Latents to images in slices, for tools that decode thousands.
#pragma once

#include <ATen/ATen.h>

#include "base/image_sheet.h"
#include "base/sliced_work.h"
#include "inference/model.h"

namespace lf::lab {

class PictureSlices : public SlicedWork {
 public:
  /// `standard` (N, 64) or (N, 4, 4, 4) standardised latents; `model` outlives it.
  PictureSlices(const inference::Model& model, const at::Tensor& standard);
  /// Decodes some more; false when all are complete.
  bool advance() override;
  double progress() const override;
  /// The N images, complete once advance() returned false.
  ImageSheet& sheet() { return sheet_; }

 private:
  const inference::Model& model_;
  at::Tensor latents_;
  int64_t done_ = 0;
  ImageSheet sheet_;
};

}  // namespace lf::lab
