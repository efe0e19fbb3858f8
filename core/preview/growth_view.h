// What is looked at while the encoder still learns: reconstructions of the same test digits again and again,
// and where the encoder puts some hundred others on the map.
#pragma once

#include <ATen/ATen.h>

#include <memory>

#include "data/data_tensors.h"
#include "inference/model.h"
#include "protocol/snapshot.h"

namespace lf {

/// Looks at one model in training, whose weights change between two looks.
class GrowthView {
 public:
  /// Chooses the digits.
  explicit GrowthView(const DataTensors& data);

  /// Takes both pictures of the weights as they are: one slice of some 20 ms on two cores.
  void look(const Model& model);
  /// The pictures so far; of many looks evenly chosen ones.
  std::shared_ptr<GrowthBlock> growth() const { return std::make_shared<GrowthBlock>(growth_); }
  std::shared_ptr<MapBlock> map() const { return std::make_shared<MapBlock>(map_); }

 private:
  void reconstruct(const Model& model);
  void encode(const Model& model);

  at::Tensor shown_;            ///< uint8 (n, 784)
  at::Tensor mapped_, labels_;  ///< uint8 (m, 784), int64 (m)
  at::Tensor places_;           ///< (m, 2), as they were shown last
  GrowthBlock growth_;
  MapBlock map_;
};

/// Autoencoder steps after which the next look is worth its time, when the last one was after `step`: at
/// every step first, then whenever it has made a twelfth more of them, at most 25.
int64_t next_growth_look(int64_t step);

}  // namespace lf
