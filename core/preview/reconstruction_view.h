// Reconstructions for display: the requested selection, and in the background the error of a whole
// split.
#pragma once

#include <ATen/ATen.h>

#include <memory>

#include "base/sliced_work.h"
#include "data/data_tensors.h"
#include "inference/model.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf::preview {

/// Computes the result of one InspectCommand in slices.
class ReconstructionView : public SlicedWork {
 public:
  /// The error is measured over the first `psnr_digits` of the split (over 10,000 when sorting by
  /// it).
  ReconstructionView(const inference::Model& model, const data::DataTensors& data, InspectCommand what,
                     int64_t psnr_digits);

  /// One block of digits. False when the block is complete.
  bool advance() override;
  double progress() const override;
  std::shared_ptr<ReconstructionBlock> take();

 private:
  void measure_slice();
  void choose();
  void reconstruct_slice();
  void finish_block();

  const inference::Model& model_;
  at::Tensor pixels_, labels_;
  InspectCommand what_;
  int64_t measured_ = 0, to_measure_, reconstructed_ = 0;
  at::Tensor mse_, shown_, reconstruction_;  ///< of the measured (N); of the shown (n, 784)
  bool finished_ = false;
  std::shared_ptr<ReconstructionBlock> block_ = std::make_shared<ReconstructionBlock>();
};

}  // namespace lf::preview
