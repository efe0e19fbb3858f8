#include "lab/step/weight_groups.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace lf::lab {
namespace {

bool begins(const std::string& text, const std::string& with) { return text.rfind(with, 0) == 0; }

int64_t elements(const models::ParameterSpec& spec) {
  int64_t n = 1;
  for (const int64_t side : spec.shape) n *= side;
  return n;
}

/// Calls `visit` with the group's index, the first number and the count of every parameter.
template <class Visit>
void for_each_parameter(const models::ParameterSet& parameters, const Visit& visit) {
  const std::vector<std::string> names = weight_groups(parameters);
  int64_t first = 0;
  for (const models::ParameterSpec& spec : parameters.specs()) {
    const auto group = std::find(names.begin(), names.end(), weight_group(spec.name)) - names.begin();
    visit(static_cast<size_t>(group), first, elements(spec));
    first += elements(spec);
  }
}

}  // namespace

std::string weight_group(const std::string& parameter) {
  if (begins(parameter, "blocks.")) {
    const size_t dot = parameter.find('.', 7);
    const std::string block = "block " + std::to_string(std::stoll(parameter.substr(7, dot - 7)) + 1);
    const std::string part = parameter.substr(dot + 1);
    if (begins(part, "modulation") || begins(part, "adaLN")) return block + " modulation";
    const bool attention = begins(part, "qkv") || begins(part, "proj") || begins(part, "attn");
    return block + (attention ? " attention" : " MLP");
  }
  if (begins(parameter, "time.") || begins(parameter, "t_embedder")) return "time embedding";
  if (begins(parameter, "labels")) return "class embedding";
  if (begins(parameter, "modulation")) return "shared modulation";
  return begins(parameter, "final") ? "output" : "input";
}

std::vector<std::string> weight_groups(const models::ParameterSet& parameters) {
  std::vector<std::string> names;
  for (const models::ParameterSpec& spec : parameters.specs()) {
    const std::string name = weight_group(spec.name);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::vector<double> group_norms(const models::ParameterSet& parameters, const at::Tensor& flat) {
  std::vector<double> norms(weight_groups(parameters).size(), 0.0);
  for_each_parameter(parameters, [&](size_t group, int64_t first, int64_t count) {
    norms[group] += flat.narrow(0, first, count).to(at::kDouble).square().sum().item<double>();
  });
  for (double& norm : norms) norm = std::sqrt(norm);
  return norms;
}

std::vector<int64_t> group_sizes(const models::ParameterSet& parameters) {
  std::vector<int64_t> sizes(weight_groups(parameters).size(), 0);
  for_each_parameter(parameters, [&](size_t group, int64_t, int64_t count) { sizes[group] += count; });
  return sizes;
}

}  // namespace lf::lab
