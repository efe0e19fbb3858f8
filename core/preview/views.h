// What the window shows of a model: preview trajectories, the map, reconstructions, and an encoder
// in training. It works on a frozen copy of the weights, in slices, and never changes the state of
// training.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "inference/latent_axes.h"
#include "metrics/judge.h"
#include "preview/gallery.h"
#include "preview/growth_view.h"
#include "preview/preview.h"
#include "preview/reconstruction_view.h"
#include "protocol/snapshot.h"

namespace lf::preview {

class Views {
 public:
  /// The published blocks; each is replaced, never changed.
  struct Blocks {
    std::shared_ptr<const FlowBlock> flow = std::make_shared<FlowBlock>();
    std::shared_ptr<const MapBlock> map = std::make_shared<MapBlock>();
    std::shared_ptr<const ReconstructionBlock> reconstruction = std::make_shared<ReconstructionBlock>();
    std::shared_ptr<const GrowthBlock> growth = std::make_shared<GrowthBlock>();
  };

  /// `model` (may be null) and `data` outlive their use here; a null model clears everything.
  /// Current work is dropped.
  void set_model(const inference::Model* model);
  void set_data(const data::DataTensors* data);
  void set_judge(std::shared_ptr<const metrics::Judge> judge) { judge_ = std::move(judge); }
  /// Shows stored latents and reconstructions at once.
  void show_gallery(const Gallery& gallery, const std::string& origin);
  /// New axes and points from these standardised latents.
  void set_latents(const at::Tensor& standard, const at::Tensor& labels, const std::string& origin);
  /// Whether the model's encoder still trains, before its flow. If so, its progress is previewed
  /// until it is final, and once more then.
  void watch_growth(bool growing);
  bool growing() const { return growing_ || last_growth_look_due(); }
  void set_request(const PreviewRequest& request) { request_ = request; }
  const PreviewRequest& request() const { return request_; }
  void inspect(const InspectCommand& what);
  /// The last selection of digits for the reconstructions.
  const InspectCommand& inspected() const { return inspect_; }
  /// The digits of the reconstructions; null if they are not those of the model.
  const data::DataTensors* data() const { return data_; }
  /// The axes of the map on screen.
  const inference::LatentAxes& axes() const { return axes_; }
  /// Shows one image (784 pixels, uint8) through the autoencoder.
  void show_picture(const at::Tensor& pixels, const std::string& origin);

  /// True when a slice of work is due; with `training`, expensive work is spaced out.
  bool due(bool training) const;
  /// True when the next slice would copy the weights; false while a copy is in use.
  bool needs_weights() const { return !preview_ || !(preview_->request() == request_); }
  /// True when the flow has made more than twice the steps of the preview on screen.
  bool far_behind() const;
  /// True while the user's last request, other digits or another preview, is not complete.
  bool answer_waits() const;
  /// True while a run has nothing to show yet where the window shows the progress of its
  /// autoencoder.
  bool nothing_shown() const;
  /// One slice of it.
  void advance(bool training);

  const Blocks& blocks() const { return blocks_; }

 private:
  bool preview_wished() const { return !drawn_request_ || preview_changed(); }
  /// The user changed the contents of the current previews.
  bool preview_changed() const { return drawn_request_ && !(*drawn_request_ == request_); }
  bool preview_stale(bool training) const;
  bool reconstruction_stale(bool training) const;
  bool growth_stale() const;
  bool last_growth_look_due() const;
  void growth_slice();
  void preview_slice(bool training);
  void reconstruction_slice(bool training);

  const inference::Model* model_ = nullptr;
  const data::DataTensors* data_ = nullptr;
  std::shared_ptr<const metrics::Judge> judge_;
  std::unique_ptr<inference::Model> frozen_;
  inference::LatentAxes axes_;
  PreviewRequest request_;
  InspectCommand inspect_;
  std::unique_ptr<Preview> preview_;
  std::unique_ptr<ReconstructionView> reconstruction_;
  bool inspect_changed_ = false, inspect_waits_ = false, preview_waits_ = false, picture_shown_ = false;
  std::optional<PreviewRequest> shown_request_;  ///< none if other axes made the preview outdated
  std::optional<PreviewRequest> drawn_request_;  ///< the last one computed, whatever the axes
  int64_t preview_steps_ = -1, preview_autoencoder_steps_ = -1;  ///< of the preview on screen or in progress
  int64_t reconstruction_steps_ = -1;  ///< autoencoder steps of the reconstructions on screen
  bool reconstruction_turn_ = false;
  bool growing_ = false, growth_turn_ = false;
  std::unique_ptr<GrowthView> growth_;
  int64_t growth_step_ = -1;  ///< autoencoder steps of the last preview of it
  int64_t growth_end_ = -1;   ///< of the final encoder; -1 while it trains
  uint64_t versions_ = 0;
  Blocks blocks_;
};

}  // namespace lf::preview
