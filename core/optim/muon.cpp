#include "optim/muon.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

#include "messages/errors.h"
#include "optim/newton_schulz.h"
#include "parallel/fork_join.h"

namespace lf {

Muon::Muon(at::Tensor parameters, at::Tensor gradients, std::vector<FlatMatrix> matrices,
           const MuonOptions& options)
    : Optimizer(parameters),
      parameters_(std::move(parameters)),
      gradients_(std::move(gradients)),
      options_(options),
      step_(at::zeros({}, at::kFloat)),
      divisor_(at::ones({}, at::kFloat)) {
  find_rest(matrices);
  share(std::move(matrices));
}

void Muon::find_rest(const std::vector<FlatMatrix>& matrices) {
  int64_t next = 0;
  const auto until = [&](int64_t offset) {
    if (offset < next || offset > parameters_.numel())
      throw InputError("the matrices of an optimiser overlap or lie outside its parameters");
    if (offset > next) rest_.emplace_back(next, offset - next);
  };
  for (const FlatMatrix& matrix : matrices) {
    until(matrix.offset);
    next = matrix.offset + matrix.rows * matrix.columns;
  }
  until(parameters_.numel());
}

/// The dearest first, each to the thread that has least to do: fixed by the shapes alone.
void Muon::share(std::vector<FlatMatrix> matrices) {
  const auto cost = [](const FlatMatrix& m) {
    const auto [small, large] = std::minmax(m.rows, m.columns);
    return small * small * (large + 6 * small);
  };
  std::stable_sort(matrices.begin(), matrices.end(),
                   [&](const FlatMatrix& a, const FlatMatrix& b) { return cost(a) > cost(b); });
  parts_.resize(static_cast<size_t>(kParts));
  std::vector<int64_t> load(static_cast<size_t>(kParts), 0);
  for (const FlatMatrix& matrix : matrices) {
    const auto least = std::min_element(load.begin(), load.end());
    *least += cost(matrix);
    parts_[static_cast<size_t>(least - load.begin())].push_back(matrix);
  }
}

double Muon::step(double rate) {
  const at::NoGradGuard no_grad;
  const double norm = gradients_.norm().item<double>(), divisor = clip_divisor(norm, options_.adamw);
  step_.fill_(static_cast<double>(++moments_.steps));
  fork_join([&](int64_t part) {
    const auto& own = parts_[static_cast<size_t>(part)];
    const double matrix_rate = rate * options_.rate_ratio * static_cast<double>(options_.turns);
    for (size_t i = 0; i < own.size(); ++i) {
      const bool moves = (moments_.steps + static_cast<int64_t>(i)) % options_.turns == 0;
      update_matrix(own[i], matrix_rate, divisor, moves);
    }
    if (part + 1 == kParts) update_rest(rate, divisor);
  });
  gradients_.zero_();
  return norm;
}

void Muon::update_matrix(const FlatMatrix& m, double rate, double divisor, bool moves) {
  const at::NoGradGuard no_grad;
  const auto view = [&](const at::Tensor& flat) {
    return flat.narrow(0, m.offset, m.rows * m.columns).view({m.rows, m.columns});
  };
  const at::Tensor weight = view(parameters_), momentum = view(moments_.first);
  const at::Tensor gradient = view(gradients_) / divisor;
  momentum.lerp_(gradient, 1 - options_.momentum);
  if (!moves) return;
  const at::Tensor direction = orthogonalised(gradient.lerp(momentum, options_.momentum));
  // A tall matrix moves its outputs as far as a square one does: √(rows/columns), as in the paper.
  const double shape = std::sqrt(std::max(1.0, static_cast<double>(m.rows) / static_cast<double>(m.columns)));
  weight.mul_(1 - rate * options_.adamw.weight_decay).add_(direction, -rate * shape);
}

void Muon::update_rest(double rate, double divisor) {
  const at::NoGradGuard no_grad;
  divisor_.fill_(divisor);
  for (const auto& [offset, length] : rest_) {
    const auto range = [first = offset, count = length](const at::Tensor& t) {
      return t.narrow(0, first, count);
    };
    update_range({range(parameters_), range(gradients_), range(moments_.first), range(moments_.second)},
                 step_, rate, options_.adamw, divisor_);
  }
}

}  // namespace lf
