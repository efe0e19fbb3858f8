// What a window shows of a model before any data is read: a few thousand latents and some reconstructions,
// kept beside it.
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <string>

#include "experiment/model.h"
#include "experiment/reconstruction_view.h"
#include "messages/snapshot.h"
#include "metrics/judge.h"

namespace lf {

struct Gallery {
  at::Tensor latents;  ///< (N, 64) float32, standardised
  at::Tensor labels;   ///< (N) int64
  ReconstructionBlock reconstructions;
  FlowBlock flow;  ///< the default preview, so that digits flow before anything is computed
};

/// Samples 2,000 training latents, takes the first reconstructions of the test digits and integrates the
/// default preview
/// (`judge` may be null).
Gallery make_gallery(const Model& model, const DataTensors& data, const Latents& train, const Judge* judge);

/// Standardised samples of the first 2,000 training latents, for the map: (N, 64).
at::Tensor map_latents(const Model& model, const Latents& train);

/// gallery.safetensors. save throws RunError, load InputError.
void save_gallery(const Gallery& gallery, const std::string& path);
Gallery load_gallery(const std::string& path);

}  // namespace lf
