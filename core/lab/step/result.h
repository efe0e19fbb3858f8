// Result of "one step explained".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// A group of weights, and the effect of the step on them. Norms are Euclidean.
struct LabStepGroup {
  std::string name;  ///< "time embedding", "block 1 attention", …
  int64_t numbers = 0;
  double gradient = 0;  ///< norm before clipping
  double weight = 0;    ///< norm before the step
  double update = 0;    ///< norm of the update
};

/// One training step of a copy of the network, with a new optimiser.
struct LabStep : LabResult {
  int64_t batch = 0;       ///< B digits of the training set
  int64_t parameters = 0;  ///< number of parameters
  std::string optimizer;   ///< "muon" (AdamW for parameters that are no matrix of a block) or "adamw"
  double rate = 0, muon_rate = 0, rate_factor = 1;  ///< learning rates of this step, including the factor
  double sigma_min = 0, clip = 0;                   ///< of the settings; clip 0: none
  std::vector<float> t;                             ///< (B)
  std::vector<uint8_t> labels;                      ///< (B) as the network gets them, 10: hidden
  std::vector<float> loss, loss_after;              ///< (B) before and after the update, same noise and times
  double x0_rms = 0, x1_rms = 0, target_rms = 0,
         prediction_rms = 0;                    ///< over batch and coordinates: x0, x1, u, v
  double cosine = 0;                            ///< mean over the batch between v and u
  double mean_loss = 0, mean_loss_after = 0;    ///< over the batch
  double other_loss = 0, other_loss_after = 0;  ///< over as many other digits, not part of the step
  double gradient_norm = 0;
  std::vector<LabStepGroup> groups;
  std::vector<int64_t> shown;  ///< (P) indices into the batch, by ascending t
  /// (kStepPictures, P) the decoded x1, x0, x_t, x̂1 before and after the step.
  ImageSheet pictures;

  /// One row for every digit of the batch, then one for every group of weights.
  LabTable table() const override;
  LabFigure figure() const override;
};

constexpr size_t kStepPictures = 5;

}  // namespace lf
