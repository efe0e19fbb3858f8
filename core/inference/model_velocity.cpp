// The velocity of a whole model as one function: its network or the average, guidance, and the
// fastest pass for this device.
#include <ATen/core/grad_mode.h>

#include <vector>

#include "base/classes.h"
#include "inference/model.h"
#include "models/velocity_inference.h"
#include "training/in_parts.h"

namespace lf::inference {
namespace {

at::Tensor times(int64_t count, double t) { return at::full({count}, t, at::kFloat); }

/// Velocity of the network for given labels (B).
using LabelledField = std::function<at::Tensor(const at::Tensor& x, double t, const at::Tensor& labels)>;

LabelledField plain_field(const models::VelocityNet& net) {
  return [&net](const at::Tensor& x, double t, const at::Tensor& labels) {
    return training::in_parts(
        x, net.parameters(), net.slice_digits(), [&](const at::Tensor& part, parallel::RowRange range) {
          return net.forward(part, times(range.count, t), labels.narrow(0, range.first, range.count));
        });
  };
}

/// Each part has its own inference.
LabelledField fast_field(const models::VelocityDit& net, kernels::Arithmetic arithmetic) {
  const auto packed = std::make_shared<const models::PackedVelocityDit>(net, arithmetic);
  const auto parts = std::make_shared<std::vector<models::VelocityInference>>();
  for (int64_t i = 0; i < parallel::kParts; ++i) parts->emplace_back(net, packed);
  return [parts](const at::Tensor& x, double t, const at::Tensor& labels) {
    const at::Tensor velocity = at::empty_like(x);
    parallel::fork_join([&](int64_t p) {
      const auto [first, count] = parallel::part_of(x.size(0), p);
      models::VelocityInference& inference = (*parts)[static_cast<size_t>(p)];
      const at::NoGradGuard no_grad;
      velocity.narrow(0, first, count)
          .copy_(
              inference.velocity(x.narrow(0, first, count), times(count, t), labels.narrow(0, first, count)));
    });
    return velocity;
  };
}

}  // namespace

flow::VelocityField model_velocity(const Model& model, const at::Tensor& labels, double w, bool raw,
                                   kernels::Arithmetic arithmetic) {
  const models::VelocityNet& net = raw ? *model.net : *model.average;
  const auto* dit = dynamic_cast<const models::VelocityDit*>(&net);
  const bool here = net.parameters().device().is_cpu();
  const LabelledField labelled = dit && here ? fast_field(*dit, arithmetic) : plain_field(net);
  const auto field = [&](const at::Tensor& given) -> flow::VelocityField {
    return [labelled, given](const at::Tensor& x, double t) { return labelled(x, t, given); };
  };
  // An unconditional network has one field: guidance has nothing to combine.
  return net.labelled() ? flow::guided(field(labels), field(at::full_like(labels, kNoClass)), w)
                        : field(labels);
}

}  // namespace lf::inference
