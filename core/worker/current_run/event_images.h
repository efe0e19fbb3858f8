// Images of a run for TensorBoard: samples from the same noise every time, reconstructions of the
// same digits. Training waits for them.
#pragma once

#include <memory>
#include <vector>

#include "base/sliced_work.h"
#include "data/data_tensors.h"
#include "inference/sampling.h"
#include "preview/reconstruction_view.h"

namespace lf::worker {

class EventImages : public SlicedWork {
 public:
  /// Which of the two are made.
  struct Wish {
    bool reconstructions = false, samples = false;
  };
  /// The current weights are used; `model` and `data` outlive this and do not change meanwhile.
  EventImages(const inference::Model& model, const data::DataTensors& data, Wish wish);
  /// One slice. False when all are complete.
  bool advance() override;
  double progress() const override;

  /// Ten test digits above their reconstructions as a PNG; empty if not wished.
  std::vector<uint8_t> reconstructions_png() const;
  /// Up to forty samples, a column for each class, as a PNG; empty if not wished.
  std::vector<uint8_t> samples_png() const;

 private:
  std::unique_ptr<preview::ReconstructionView> reconstructions_;
  std::shared_ptr<const ReconstructionBlock> block_;
  at::Tensor labels_;  ///< (n) of the samples
  std::unique_ptr<inference::BatchSampler> samples_;
  bool sampled_ = false;
};

}  // namespace lf::worker
