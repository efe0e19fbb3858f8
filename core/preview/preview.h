// The trajectory behind the t slider: fixed noise, solved in slices of one function evaluation,
// with every state decoded.
#pragma once

#include <memory>
#include <optional>

#include "base/sliced_work.h"
#include "flow/integrate.h"
#include "inference/latent_axes.h"
#include "inference/sampling.h"
#include "metrics/judge.h"
#include "protocol/snapshot.h"

namespace lf::preview {

/// The contents of a preview; a change restarts it.
struct PreviewRequest {
  inference::SampleOptions sampler{"midpoint", 16, 1};
  int64_t seed = 7;
  int digit = -1;
  bool raw_weights = false;
  int64_t digits = 40;
  bool operator==(const PreviewRequest& other) const;
};

/// The request that the live settings describe.
PreviewRequest preview_request(const Settings& settings);

/// One preview under way.
class Preview : public SlicedWork {
 public:
  /// `model` outlives the preview; `judge` may be null. A `brief` preview omits the particles
  /// beyond the digits, at half the cost, for use during training. A large network's preview is
  /// always brief.
  Preview(const inference::Model& model, const inference::LatentAxes& axes, const metrics::Judge* judge,
          PreviewRequest request, bool brief);

  /// One function evaluation, or one block of decoding. False when the block is complete.
  bool advance() override;
  double progress() const override;
  /// The finished trajectory.
  std::shared_ptr<FlowBlock> take();
  const PreviewRequest& request() const { return request_; }

 private:
  void begin_block();
  void decode_slice();
  void judge_slice();
  void label_by_judge();
  at::Tensor guess_at(size_t state) const;

  const inference::Model& model_;
  inference::LatentAxes axes_;
  const metrics::Judge* judge_;
  PreviewRequest request_;
  int64_t digits_, particles_;
  at::Tensor labels_;
  flow::VelocityField field_;
  flow::Integration integration_;
  std::vector<at::Tensor> velocities_;  ///< at each state, if the solver evaluated it there
  at::Tensor to_decode_;  ///< (pictures, 64): every state of every digit, then every endpoint estimate
  int64_t decoded_ = 0;   ///< decoded images
  size_t judged_ = 0;     ///< classified states
  std::shared_ptr<FlowBlock> block_;
  double milliseconds_ = 0;
};

}  // namespace lf::preview
