// Previews while the encoder trains: repeated reconstructions of the same test digits, and the
// positions of some hundred others on the map.
#pragma once

#include <ATen/ATen.h>

#include <memory>

#include "data/data_tensors.h"
#include "inference/model.h"
#include "protocol/snapshot.h"

namespace lf::preview {

/// Previews of one model in training, whose weights change in between.
class GrowthView {
 public:
  /// Chooses the digits.
  explicit GrowthView(const data::DataTensors& data);

  /// Computes both from the current weights: one slice of about 20 ms on two cores.
  void look(const inference::Model& model);
  /// The previews so far; if there are many, an even selection.
  std::shared_ptr<GrowthBlock> growth() const { return std::make_shared<GrowthBlock>(growth_); }
  std::shared_ptr<MapBlock> map() const { return std::make_shared<MapBlock>(map_); }

 private:
  void reconstruct(const inference::Model& model);
  void encode(const inference::Model& model);

  at::Tensor shown_;            ///< uint8 (n, 784)
  at::Tensor mapped_, labels_;  ///< uint8 (m, 784), int64 (m)
  at::Tensor places_;           ///< (m, 2), as last shown
  GrowthBlock growth_;
  MapBlock map_;
};

/// The number of autoencoder steps at which the next preview is due, if the last was at `step`. At
/// first every step, later each time the number has grown by a twelfth, at most 25 steps.
int64_t next_growth_look(int64_t step);

}  // namespace lf::preview
