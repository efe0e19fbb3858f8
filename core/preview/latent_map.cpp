#include "preview/latent_map.h"

#include "base/classes.h"

namespace lf::preview {
namespace {

/// The centre of each class on the map, zero if there is none: (10, 2).
at::Tensor class_middles(const float* points, const std::vector<uint8_t>& labels) {
  at::Tensor sum = at::zeros({kClasses, 2}), count = at::zeros({kClasses, 1});
  auto sums = sum.accessor<float, 2>(), counts = count.accessor<float, 2>();
  for (size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] >= kClasses) continue;
    for (int axis = 0; axis < 2; ++axis) sums[labels[i]][axis] += points[2 * i + static_cast<size_t>(axis)];
    ++counts[labels[i]][0];
  }
  return sum / count.clamp_min(1);
}

}  // namespace

inference::LatentAxes plain_axes() {
  inference::LatentAxes axes;
  axes.centre = at::zeros({models::kLatentSize});
  axes.directions = at::eye(models::kLatentSize).narrow(1, 0, 2).clone();
  return axes;
}

LatentMap make_latent_map(const at::Tensor& standard, const at::Tensor& labels, const MapBlock& shown) {
  inference::LatentAxes axes = inference::find_latent_axes(standard, labels);
  auto block = std::make_shared<MapBlock>();
  block->axes = axes.by_class ? "class axes" : "principal axes";
  const at::Tensor bytes = labels.to(at::kByte).contiguous();
  block->labels.assign(bytes.data_ptr<uint8_t>(), bytes.data_ptr<uint8_t>() + bytes.numel());
  at::Tensor points = axes.project(standard).contiguous();
  if (axes.by_class && !shown.labels.empty()) {  // of the same model: the map must not jump
    const at::Tensor turn = inference::most_alike_turn(class_middles(points.data_ptr<float>(), block->labels),
                                                       class_middles(shown.points.data(), shown.labels));
    axes.directions = axes.directions.matmul(turn);
    points = points.matmul(turn).contiguous();
  }
  block->points.assign(points.data_ptr<float>(), points.data_ptr<float>() + points.numel());
  return {axes, block};
}

void turn_to_map(FlowBlock& flow, const MapBlock& map) {
  const size_t n = flow.labels.size();
  if (n == 0 || flow.points.size() < 2 * n || map.labels.empty()) return;
  const float* last = flow.points.data() + flow.points.size() - 2 * n;
  const at::Tensor turn = inference::most_alike_turn(class_middles(last, flow.labels),
                                                     class_middles(map.points.data(), map.labels));
  at::Tensor points =
      at::from_blob(flow.points.data(), {static_cast<int64_t>(flow.points.size() / 2), 2}, at::kFloat);
  points.copy_(points.matmul(turn));
}

}  // namespace lf::preview
