#include "optim/muon.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "kernels/flat_loops.h"
#include "optim/newton_schulz.h"
#include "parallel/fork_join.h"

namespace lf::optim {
namespace {

/// A free thread takes the next matrix. With the largest work first, both threads end at about the
/// same time.
std::vector<FlatMatrix> dearest_first(std::vector<FlatMatrix> matrices) {
  const auto cost = [](const FlatMatrix& m) {
    const auto [small, large] = std::minmax(m.rows, m.columns);
    return small * small * (large + 6 * small);
  };
  std::stable_sort(matrices.begin(), matrices.end(),
                   [&](const FlatMatrix& a, const FlatMatrix& b) { return cost(a) > cost(b); });
  return matrices;
}

}  // namespace

Muon::Muon(at::Tensor parameters, at::Tensor gradients, std::vector<FlatMatrix> matrices,
           const MuonOptions& options)
    : Optimizer(parameters, std::move(gradients)),
      parameters_(std::move(parameters)),
      options_(options),
      step_(at::zeros({}, at::kFloat)),
      divisor_(at::ones({}, at::kFloat)) {
  find_rest(matrices);
  matrices_ = dearest_first(std::move(matrices));
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

void Muon::step_with_norm(double rate, double norm) {
  const at::NoGradGuard no_grad;
  const double divisor = clip_divisor(norm, options_.adamw);
  step_.fill_(static_cast<double>(++moments_.steps));
  const double matrix_rate = rate * options_.rate_ratio * static_cast<double>(options_.turns);
  const auto count = static_cast<int64_t>(matrices_.size());
  const auto update = [&](int64_t i) {
    if (i == count) return update_rest(rate, divisor);
    update_matrix(matrices_[static_cast<size_t>(i)], matrix_rate, divisor,
                  (moments_.steps + i) % options_.turns == 0);
  };
  parallel::fork_join(update, count + 1);
}

void Muon::update_matrix(const FlatMatrix& m, double rate, double divisor, bool moves) {
  const at::NoGradGuard no_grad;
  const auto view = [&](const at::Tensor& flat) {
    return flat.narrow(0, m.offset, m.rows * m.columns).view({m.rows, m.columns});
  };
  const at::Tensor weight = view(parameters_), momentum = view(moments_.first), gradient = view(gradients_);
  const at::Tensor direction = moves ? at::empty_like(weight) : at::Tensor();
  const double squares =
      kernels::nesterov(weight.numel(), gradient.data_ptr<float>(), static_cast<float>(divisor),
                        static_cast<float>(options_.momentum), momentum.data_ptr<float>(),
                        moves ? direction.data_ptr<float>() : nullptr);
  if (!moves) return;
  // A tall matrix moves its outputs as far as a square one does: √(rows/columns), as in the paper.
  const double shape = std::sqrt(std::max(1.0, static_cast<double>(m.rows) / static_cast<double>(m.columns)));
  weight.mul_(1 - rate * options_.adamw.weight_decay)
      .add_(orthogonalised(direction, std::sqrt(squares), /*steps=*/3, options_.arithmetic), -rate * shape);
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
    range(gradients_).zero_();
  }
}

}  // namespace lf::optim
