// What a window shows of a model before any data is read: a few thousand latents and some reconstructions,
// kept beside it.
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <string>

#include "experiment/model.h"
#include "experiment/reconstruction_view.h"
#include "messages/snapshot.h"

namespace lf {

struct Gallery {
  at::Tensor latents;  ///< (N, 64) float32, standardised
  at::Tensor labels;   ///< (N) int64
  ReconstructionBlock reconstructions;
};

/// Samples 2,000 training latents and the first reconstructions of the test digits.
Gallery make_gallery(const Model& model, const DataTensors& data, const Latents& train);

/// gallery.safetensors. save throws RunError, load InputError.
void save_gallery(const Gallery& gallery, const std::string& path);
Gallery load_gallery(const std::string& path);

}  // namespace lf
