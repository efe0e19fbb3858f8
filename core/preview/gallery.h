// The first content of a window for a model, before any data are read: a few thousand latents and
// some reconstructions, stored beside it.
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <string>

#include "base/sliced_work.h"
#include "inference/model.h"
#include "metrics/judge.h"
#include "preview/preview.h"
#include "preview/reconstruction_view.h"
#include "protocol/snapshot.h"
#include "training/latent_cache.h"

namespace lf::preview {

struct Gallery {
  at::Tensor latents;  ///< (N, 64) float32, standardised
  at::Tensor labels;   ///< (N) int64
  ReconstructionBlock reconstructions;
  FlowBlock flow;  ///< the default preview, available before anything is computed
};

/// Makes one in slices: samples of up to 2,000 known training latents, the first reconstructions of the test
/// digits, and the preview of gallery_request().
class GalleryMaker : public SlicedWork {
 public:
  /// Model, data and cache outlive the maker; `judge` may be null.
  GalleryMaker(const inference::Model& model, const data::DataTensors& data,
               const training::LatentCache& train, const metrics::Judge* judge);
  /// One slice; false when the gallery is complete.
  bool advance() override;
  double progress() const override;
  Gallery take();

 private:
  Gallery gallery_;
  ReconstructionView reconstructions_;
  Preview preview_;
  bool reconstructed_ = false;
};

/// The preview of a gallery: that of the model's preset.
PreviewRequest gallery_request(const inference::Model& model);

/// Some training latents, sampled and standardised, for the map.
struct MapLatents {
  at::Tensor standard;  ///< (N, 64)
  at::Tensor labels;    ///< (N) int64
};
/// Of the first (at most 2,000) digits with known latents; labels (all) int64.
MapLatents map_latents(const inference::Model& model, const training::LatentCache& train,
                       const at::Tensor& labels);

/// gallery.safetensors. save throws RunError, load InputError.
void save_gallery(const Gallery& gallery, const std::string& path);
Gallery load_gallery(const std::string& path);

}  // namespace lf::preview
