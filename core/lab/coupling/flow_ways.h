// Trajectories of the same noise under a flow: solved finely, and with one, two and four steps.
#pragma once

#include <optional>
#include <vector>

#include "base/image_sheet.h"
#include "base/sliced_work.h"
#include "flow/integrate.h"
#include "inference/latent_axes.h"
#include "inference/model.h"
#include "lab/coupling/result.h"
#include "lab/picture_slices.h"

namespace lf::lab {

/// Description of the fine solution.
std::string fine_solution_words();

class FlowWays : public SlicedWork {
 public:
  /// noise (N, 4, 4, 4) and labels (N); the model outlives it. Images are made of the first `shown`
  /// digits.
  FlowWays(const inference::Model& model, at::Tensor noise, at::Tensor labels, double guidance, bool raw,
           int64_t shown);

  /// One function evaluation, or some images; false when everything is complete.
  bool advance() override;
  double progress() const override;
  /// All states of the fine solution (states · N, 64), once complete.
  at::Tensor fine_states() const;
  bool fine_known() const { return !solved_.empty(); }
  bool complete() const { return !sheet_.empty(); }
  /// Writes the results so far to `ways`, with points in the plane of `axes`.
  void publish(LabFlowWays& ways, const inference::LatentAxes& axes) const;

 private:
  void begin(size_t solution);

  const inference::Model& model_;
  at::Tensor noise_, labels_;
  double guidance_;
  bool raw_;
  int64_t shown_;
  flow::VelocityField field_;
  std::optional<flow::Integration> integration_;
  std::vector<flow::Trajectory> solved_;  ///< the fine solution, then those with few steps
  std::optional<PictureSlices> pictures_;
  ImageSheet sheet_;  ///< (solutions, shown), once complete
};

}  // namespace lf::lab
