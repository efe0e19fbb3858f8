#include "lab/likelihood/pass.h"

#include <algorithm>

namespace lf::lab {

bool LikelihoodPass::advance() {
  if (scene_.split.known() < task_.first + task_.count) {
    scene_.split.advance();
  } else if (!run_) {
    begin();
  } else {
    return run_->advance();
  }
  return true;
}

void LikelihoodPass::begin() {
  const auto& [model, latents, split, density] = scene_;
  const at::Tensor labels = split.labels.narrow(0, task_.first, task_.count);
  const at::Tensor z = latents.standard_means(split).narrow(0, task_.first, task_.count);
  if (task_.exact)
    run_.emplace(inference::exact_likelihood(model, z, labels, density));
  else
    run_.emplace(inference::estimated_likelihood(model, z, labels, density, task_.first, pass_));
}

void write_rows(LikelihoodRows rows, const inference::MeanLikelihood& mean, const at::Tensor& labels,
                int64_t first, int64_t count) {
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

}  // namespace lf::lab
