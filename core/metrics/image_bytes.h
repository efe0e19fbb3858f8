// The one place that converts images between 8-bit grey and float32 in [0, 1].
#pragma once

#include <ATen/core/Tensor.h>

#include "data/batches.h"
#include "files/idx/image_set.h"

namespace lf::metrics {

/// The images of a set as uint8 (N, 28, 28): a view, valid while `set` lives unchanged.
at::Tensor image_view(const files::ImageSet& set);

/// 8-bit grey, uint8 (N, 28, 28) or (N, 784) -> float32 (N, 1, 28, 28) in [0, 1], 1 = ink.
/// Throws InputError on another type or shape.
at::Tensor to_unit(const at::Tensor& images_u8);

/// Float images of any shape with N * 784 values (clamped to [0, 1]) -> uint8 (N, 28, 28), rounded
/// to the nearest of 256 greys: every metric uses 8-bit images, like the training images.
at::Tensor to_bytes(const at::Tensor& images);

/// Mean of all pixels, in [0, 1]; `images_u8` uint8 of any shape, 0 for an empty tensor.
double mean_ink(const at::Tensor& images_u8);

}  // namespace lf::metrics
