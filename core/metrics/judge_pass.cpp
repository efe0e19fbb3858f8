#include "metrics/judge_pass.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "base/classes.h"
#include "base/image_shape.h"
#include "kernels/convolution/pooling.h"
#include "parallel/fork_join.h"

namespace lf::metrics {
namespace {

constexpr int64_t kTogether = 8;  ///< images whose activations fit into a core's caches
constexpr int64_t kPixels = kDigitPixels, kPlaces = 9, kChannels = 64, kRow = kPlaces * kChannels;

// Kernel, stride, side of the input (twice: no upsampling), side of the output.
const kernels::ConvPlan& first_plan() {
  static const kernels::ConvPlan plan({5, 2, kDigitSide, kDigitSide, kDigitSide / 2});
  return plan;
}
const kernels::ConvPlan& plain_plan(int64_t side) {
  static const kernels::ConvPlan of_14({3, 1, 14, 14, 14}), of_7({3, 1, 7, 7, 7}), of_3({3, 1, 3, 3, 3});
  return side == 14 ? of_14 : side == 7 ? of_7 : of_3;
}

models::PackedConvolution packed(const std::vector<at::Tensor>& parameters, size_t weight,
                                 const kernels::ConvPlan& plan) {
  models::PackedConvolution convolution(parameters[weight], parameters[weight + 1], plan);
  convolution.pack();
  return convolution;
}

int64_t grid_size(const models::PackedConvolution& layer) {
  return layer.plan().forward.outputs * layer.out_columns();
}

}  // namespace

/// Activations of kTogether images, of one thread.
struct JudgePass::Grids {
  std::vector<float> full, pooled, active;
  models::ConvScratch scratch;
};

JudgePass::JudgePass(const std::vector<at::Tensor>& parameters)
    : conv1_(packed(parameters, 0, first_plan())),
      conv2_(packed(parameters, 2, plain_plan(14))),
      conv3_(packed(parameters, 4, plain_plan(7))),
      conv4_(packed(parameters, 6, plain_plan(3))),
      features_(parameters[8].view({kJudgeFeatures, kChannels, kPlaces}).transpose(1, 2).reshape({-1, kRow})),
      features_bias_(parameters[9]),
      classes_(parameters[10]),
      classes_bias_(parameters[11]) {}

/// images (n, 784), n ≤ kTogether → rows (n, 9, 64), the input of the linear layers.
void JudgePass::convolutions(int64_t n, const float* images, Grids& g, float* rows) const {
  float *full = g.full.data(), *pooled = g.pooled.data(), *active = g.active.data();
  conv1_.forward(n, images, active, g.scratch);
  kernels::relu_of(n * grid_size(conv1_), active, nullptr, active);
  conv2_.forward(n, active, full, g.scratch);
  kernels::max_pool(n, 14, conv2_.out_columns(), full, active);
  kernels::relu_of(n * grid_size(conv2_) / 4, active, nullptr, active);
  conv3_.forward(n, active, full, g.scratch);
  kernels::max_pool(n, 7, conv3_.out_columns(), full, pooled);
  kernels::relu_of(n * kRow, pooled, nullptr, active);
  conv4_.forward(n, active, full, g.scratch);
  kernels::relu_of(n * kRow, full, pooled, rows);
}

void JudgePass::part(const at::Tensor& images, at::Tensor features, at::Tensor logits) const {
  const int64_t count = images.size(0);
  Grids grids;
  grids.full.resize(static_cast<size_t>(kTogether * grid_size(conv2_)));
  grids.active.resize(static_cast<size_t>(kTogether * grid_size(conv1_)));
  grids.pooled.resize(static_cast<size_t>(kTogether * kRow));
  at::Tensor rows = at::empty({count, kRow});
  for (int64_t first = 0; first < count; first += kTogether) {
    convolutions(std::min(kTogether, count - first), images.const_data_ptr<float>() + first * kPixels, grids,
                 rows.data_ptr<float>() + first * kRow);
  }
  at::addmm_out(features, features_bias_, rows, features_.t());
  at::addmm_out(logits, classes_bias_, features.relu(), classes_.t());
}

JudgeOutput JudgePass::run(const at::Tensor& images) const {
  const at::Tensor pixels = images.reshape({-1, kPixels}).contiguous();
  const int64_t count = pixels.size(0);
  JudgeOutput output{at::empty({count, kJudgeFeatures}), at::empty({count, kClasses})};
  parallel::fork_join([&](int64_t index) {
    const at::NoGradGuard no_gradient;
    const parallel::RowRange range = parallel::part_of(count, index);
    const auto rows = [&](const at::Tensor& tensor) { return tensor.narrow(0, range.first, range.count); };
    if (range.count > 0) part(rows(pixels), rows(output.features), rows(output.logits));
  });
  return output;
}

}  // namespace lf::metrics
