#include "flow/coupling.h"

#include <ATen/ATen.h>

#include <cmath>
#include <tuple>

#include "base/errors.h"
#include "flow/assignment.h"

namespace lf::flow {
namespace {

at::Tensor as_rows(const at::Tensor& x) { return x.detach().flatten(1).to(at::kCPU, at::kDouble); }

void check_batch(CouplingLaw law, const at::Tensor& x0, const at::Tensor& x1, const at::Tensor& labels) {
  if (x0.sizes() != x1.sizes() || x0.dim() < 2 || x0.size(0) < 1)
    throw InputError("pairing noise with data needs a batch of each, of the same shape");
  if (law == CouplingLaw::LabelAware && !labels.defined())
    throw InputError("pairing within each digit needs the digits; this data has none");
  if (labels.defined() && labels.numel() != x1.size(0))
    throw InputError("pairing noise with data needs one label for each latent; got " +
                     std::to_string(labels.numel()) + " for " + std::to_string(x1.size(0)));
}

/// For every row of x1 the index of its row of x0; both (n, D).
at::Tensor transport(const at::Tensor& x0, const at::Tensor& x1) {
  // The norms are the same for every permutation: only the products matter.
  return at::tensor(cheapest_assignment(-2 * x1.mm(x0.t())), at::kLong);
}

at::Tensor transport_within(const at::Tensor& x0, const at::Tensor& x1, const at::Tensor& labels) {
  at::Tensor noise_row = at::empty({x0.size(0)}, at::kLong);
  const at::Tensor classes = std::get<0>(at::_unique2(labels));
  for (int64_t k = 0; k < classes.numel(); ++k) {
    const at::Tensor own = labels.eq(classes[k]).nonzero().flatten();
    const at::Tensor chosen = transport(x0.index_select(0, own), x1.index_select(0, own));
    noise_row.index_copy_(0, own, own.index_select(0, chosen));
  }
  return noise_row;
}

at::Tensor rows_by(CouplingLaw law, const at::Tensor& x0, const at::Tensor& x1, const at::Tensor& labels) {
  switch (law) {
    case CouplingLaw::Independent:
      return at::arange(x0.size(0), at::kLong);
    case CouplingLaw::OptimalTransport:
      return transport(x0, x1);
    case CouplingLaw::LabelAware:
      return transport_within(x0, x1, labels);
  }
  throw InputError("coupling number " + std::to_string(static_cast<int>(law)) + " does not exist");
}

double mean_cost(const at::Tensor& x0, const at::Tensor& x1) {
  return (x1 - x0).square().sum(1).mean().item<double>();
}

}  // namespace

const std::vector<std::pair<std::string, CouplingLaw>>& coupling_laws() {
  static const std::vector<std::pair<std::string, CouplingLaw>> laws = {
      {"independent", CouplingLaw::Independent},
      {"transport", CouplingLaw::OptimalTransport},
      {"transport-by-digit", CouplingLaw::LabelAware},
  };
  return laws;
}

CouplingLaw coupling_law_from_name(const std::string& name) {
  std::string known;
  for (const auto& [law_name, law] : coupling_laws()) {
    if (law_name == name) return law;
    known += (known.empty() ? "" : ", ") + law_name;
  }
  throw InputError("unknown coupling '" + name + "'; known: " + known);
}

ClassSkew class_skew(const at::Tensor& noise, const at::Tensor& labels) {
  if (noise.size(0) != labels.numel() || labels.numel() == 0)
    throw InputError("the skew of the noise needs one label for each row, and a row");
  const at::Tensor rows = as_rows(noise);
  const auto [classes, inverse, counts] = at::_unique2(labels.flatten().cpu(), true, true, true);
  const at::Tensor sums =
      at::zeros({classes.numel(), rows.size(1)}, rows.options()).index_add_(0, inverse, rows);
  const double chi = (sums.square().sum(1) / counts).sum().item<double>();  // sum_c n_c |mean_c|^2
  const double freedom = double(sums.numel());
  return {(chi - freedom) / double(rows.size(0)), (chi - freedom) / std::sqrt(2 * freedom)};
}

Coupling couple(CouplingLaw law, const at::Tensor& x0, const at::Tensor& x1, const at::Tensor& labels) {
  check_batch(law, x0, x1, labels);
  const at::Tensor noise = as_rows(x0), data = as_rows(x1);
  const at::Tensor digits = labels.defined() ? labels.flatten().cpu() : labels;
  Coupling pairs;
  pairs.noise_row = rows_by(law, noise, data, digits);
  const at::Tensor paired = noise.index_select(0, pairs.noise_row);
  pairs.cost = mean_cost(paired, data);
  pairs.independent_cost = mean_cost(noise, data);
  if (digits.defined()) pairs.skew = class_skew(paired, digits);
  return pairs;
}

}  // namespace lf::flow
