#include "lab/likelihood/pass.h"

#include <algorithm>

namespace lf {

std::optional<LogLikelihood> LikelihoodPass::advance(const LikelihoodTask& task, int64_t pass) {
  if (split_.known() < task.first + task.count) {
    split_.fill();
  } else if (!run_) {
    begin(task, pass);
  } else if (!run_->done()) {
    run_->advance();
  } else {
    const LogLikelihood found = run_->result();
    run_.reset();
    return found;
  }
  return std::nullopt;
}

void LikelihoodPass::begin(const LikelihoodTask& task, int64_t pass) {
  const at::Tensor labels = split_.labels.narrow(0, task.first, task.count);
  const at::Tensor z = latents_.standard_means(split_).narrow(0, task.first, task.count);
  if (task.exact)
    run_.emplace(exact_likelihood(model_, z, labels, density_));
  else
    run_.emplace(estimated_likelihood(model_, z, labels, density_, task.first, pass));
}

void write_rows(LikelihoodRows rows, const MeanLikelihood& mean, const at::Tensor& labels, int64_t first,
                int64_t count) {
  const at::Tensor nats = mean.nats(), bits = mean.bits(), error = mean.error();
  const auto end = static_cast<size_t>(first + count);
  if (rows.bits.size() < end) {
    rows.labels.resize(end), rows.bits.resize(end), rows.error.resize(end);
    if (rows.nats) rows.nats->resize(end);
  }
  for (int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<size_t>(first + i);
    rows.labels[at] = static_cast<uint8_t>(labels[first + i].item<int64_t>());
    rows.bits[at] = static_cast<float>(bits[i].item<double>());
    rows.error[at] = static_cast<float>(error[i].item<double>());
    if (rows.nats) (*rows.nats)[at] = nats[i].item<double>();
  }
}

}  // namespace lf
