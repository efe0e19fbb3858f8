#include "models/parameter_set.h"

#include <ATen/core/grad_mode.h>

#include <numeric>
#include <set>

#include "base/errors.h"

namespace lf::models {
namespace {

int64_t elements(const std::vector<int64_t>& shape) {
  return std::accumulate(shape.begin(), shape.end(), int64_t{1}, std::multiplies<>());
}

void fill(at::Tensor value, const Initial& initial, at::Generator& generator) {
  switch (initial.kind) {
    case Initial::Kind::Zero:
      value.zero_();
      break;
    case Initial::Kind::One:
      value.fill_(1);
      break;
    case Initial::Kind::Normal:
      value.normal_(0, initial.scale, generator);
      break;
    case Initial::Kind::Uniform:
      value.uniform_(-initial.scale, initial.scale, generator);
      break;
  }
}

std::string shape_text(at::IntArrayRef shape) {
  std::string text = "(";
  for (size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + ")";
}

}  // namespace

std::string shape_problems(const std::vector<ParameterSpec>& specs,
                           const std::map<std::string, std::vector<int64_t>>& shapes,
                           const std::string& prefix, bool others_allowed) {
  std::string problems;
  const auto complain = [&](const std::string& what) { problems += (problems.empty() ? "" : "; ") + what; };
  std::set<std::string> expected;
  for (const auto& spec : specs) {
    const std::string name = prefix + spec.name;
    expected.insert(name);
    const auto found = shapes.find(name);
    if (found == shapes.end()) {
      complain("missing " + name);
    } else if (found->second != spec.shape) {
      complain(name + " has shape " + shape_text(found->second) + " instead of " + shape_text(spec.shape));
    }
  }
  for (const auto& entry : shapes) {
    const bool other = !others_allowed && entry.first.rfind(prefix, 0) == 0 && !expected.count(entry.first);
    if (other) complain("unexpected " + entry.first);
  }
  return problems;
}

void check_fit(const std::vector<ParameterSpec>& specs, const std::map<std::string, at::Tensor>& tensors,
               const std::string& prefix, const std::string& file, bool others_allowed) {
  std::map<std::string, std::vector<int64_t>> shapes;
  for (const auto& [name, value] : tensors) shapes[name] = value.sizes().vec();
  std::string problems = shape_problems(specs, shapes, prefix, others_allowed);
  for (const auto& spec : specs) {
    const auto found = tensors.find(prefix + spec.name);
    if (found != tensors.end() && !at::isfinite(found->second).all().item<bool>())
      problems += (problems.empty() ? "" : "; ") + found->first + " holds values that are not finite";
  }
  if (!problems.empty()) throw InputError(file + ": the weights do not fit: " + problems);
}

ParameterSet::ParameterSet(std::vector<ParameterSpec> specs, at::Generator generator, bool trainable)
    : specs_(std::move(specs)) {
  at::NoGradGuard no_grad;
  int64_t total = 0;
  for (const auto& spec : specs_) total += elements(spec.shape);
  flat_ = at::zeros({total}, at::kFloat);
  make_views(trainable);
  for (size_t i = 0; i < specs_.size(); ++i) fill(views_[i].detach(), specs_[i].initial, generator);
}

ParameterSet ParameterSet::shadow() const {
  at::NoGradGuard no_grad;
  ParameterSet other;
  other.specs_ = specs_;
  other.flat_ = flat_;
  other.make_views(true);
  return other;
}

ParameterSet ParameterSet::copy() const {
  at::NoGradGuard no_grad;
  ParameterSet other;
  other.specs_ = specs_;
  other.flat_ = flat_.clone();
  other.make_views(false);
  return other;
}

void ParameterSet::move_to(at::Device device, bool trainable) {
  at::NoGradGuard no_grad;
  flat_ = flat_.to(device);
  flat_gradient_ = at::Tensor();
  views_.clear();
  make_views(trainable);
}

void ParameterSet::make_views(bool trainable) {
  if (trainable) flat_gradient_ = at::zeros_like(flat_);
  int64_t offset = 0;
  for (const auto& spec : specs_) {
    const int64_t n = elements(spec.shape);
    at::Tensor view = flat_.narrow(0, offset, n).view(spec.shape).detach();
    if (trainable) {
      view.set_requires_grad(true);
      // An existing gradient is accumulated in place: autograd then writes directly into the flat
      // buffer.
      view.mutable_grad() = flat_gradient_.narrow(0, offset, n).view(spec.shape);
    }
    index_[spec.name] = views_.size();
    views_.push_back(view);
    offset += n;
  }
}

const at::Tensor& ParameterSet::named(const std::string& name) const {
  const auto found = index_.find(name);
  if (found != index_.end()) return views_[found->second];
  std::string known;
  for (const auto& spec : specs_) known += (known.empty() ? "" : ", ") + spec.name;
  throw InputError("unknown parameter '" + name + "'; known are " + known);
}

void ParameterSet::copy_from(const ParameterSet& other) {
  at::NoGradGuard no_grad;
  flat_.copy_(other.flat_);
}

std::map<std::string, at::Tensor> ParameterSet::to_map(const std::string& prefix) const {
  std::map<std::string, at::Tensor> tensors;
  for (size_t i = 0; i < specs_.size(); ++i) tensors[prefix + specs_[i].name] = views_[i].detach();
  return tensors;
}

void ParameterSet::load(const std::map<std::string, at::Tensor>& tensors, const std::string& prefix,
                        const std::string& file) {
  at::NoGradGuard no_grad;
  check_fit(specs_, tensors, prefix, file, /*others_allowed=*/true);
  for (size_t i = 0; i < specs_.size(); ++i) views_[i].detach().copy_(tensors.at(prefix + specs_[i].name));
}

}  // namespace lf::models
