#include "compare/weights_difference.h"

#include <algorithm>
#include <string>

namespace lf::compare {
namespace {

LayerDifference layer_difference(const std::string& part, const std::string& name, const at::Tensor& a,
                                 const at::Tensor& b) {
  LayerDifference layer{part, name, a.numel(), 0, 1};
  const at::Tensor x = a.reshape({-1}).to(at::kCPU, at::kDouble),
                   y = b.reshape({-1}).to(at::kCPU, at::kDouble);
  const double length = x.norm().item<double>(), other = y.norm().item<double>();
  const double apart = (y - x).norm().item<double>();
  if (length > 0) layer.difference = apart / length;
  if (length == 0 && other > 0) layer.difference = 1;
  if (length > 0 && other > 0)
    layer.cosine = std::clamp(x.dot(y).item<double>() / (length * other), -1.0, 1.0);
  if (apart == 0) layer.cosine = 1;
  return layer;
}

/// Compares one network; what has no counterpart of its shape is counted.
void compare_part(const std::string& part, const models::ParameterSet& a, const models::ParameterSet& b,
                  WeightsDifference& into) {
  const auto others = b.to_map();
  int64_t unlike = 0;
  for (const auto& spec : a.specs()) {
    const auto found = others.find(spec.name);
    if (found == others.end() || found->second.sizes() != a.named(spec.name).sizes())
      ++unlike;
    else
      into.layers.push_back(layer_difference(part, spec.name, a.named(spec.name), found->second));
  }
  const auto count = static_cast<int64_t>(a.size());
  if (unlike > 0)
    into.unlike.push_back(part + ": " + std::to_string(unlike) + " of " + std::to_string(count) +
                          " parameters have other shapes");
  else if (b.size() != a.size())
    into.unlike.push_back(part + ": one has " + std::to_string(count) + " parameters, the other " +
                          std::to_string(b.size()));
}

}  // namespace

WeightsDifference weights_difference(const inference::Model& a, const inference::Model& b) {
  WeightsDifference difference;
  compare_part("autoencoder", a.autoencoder->parameters(), b.autoencoder->parameters(), difference);
  compare_part("velocity network", a.average->parameters(), b.average->parameters(), difference);
  const auto equal = [](const LayerDifference& layer) { return layer.difference == 0; };
  difference.same =
      difference.unlike.empty() && std::all_of(difference.layers.begin(), difference.layers.end(), equal);
  return difference;
}

}  // namespace lf::compare
