#include "jobs/networks/verification.h"

#include <ATen/core/grad_mode.h>

#include <cmath>
#include <limits>
#include <sstream>

#include "base/errors.h"

namespace lf::jobs {

VerifyRow compare(const std::string& quantity, const at::Tensor& ours, const at::Tensor& reference,
                  double tolerance) {
  at::NoGradGuard no_grad;
  VerifyRow row{quantity, std::numeric_limits<double>::infinity(), tolerance, false, ""};
  const at::Tensor a = ours.defined() ? ours.detach().to(at::kDouble) : at::Tensor();
  const at::Tensor b = reference.to(at::kDouble);
  if (!a.defined() || a.numel() != b.numel() || (a.numel() > 1 && a.sizes() != b.sizes())) {
    std::ostringstream text;
    text << "shape " << (a.defined() ? a.sizes() : at::IntArrayRef()) << " instead of " << b.sizes();
    row.note = text.str();
    return row;
  }
  if (b.numel() == 0) return {quantity, 0, tolerance, true, "empty"};
  const double error = (a.reshape({-1}) - b.reshape({-1})).abs().max().item<double>();
  const double size = b.abs().max().item<double>();
  row.max_rel = error == 0 ? 0 : error / size;  // infinite if the reference is zero and ours is not
  row.ok = row.max_rel <= tolerance;            // false for NaN too
  return row;
}

at::Tensor vector_of(const std::map<std::string, at::Tensor>& vectors, const std::string& name,
                     const std::string& file) {
  const auto found = vectors.find(name);
  if (found == vectors.end())
    throw InputError(file + ": it lacks '" + name + "'; give the vectors that belong to these weights");
  return found->second.to(at::kFloat);
}

}  // namespace lf::jobs
