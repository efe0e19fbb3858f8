#include "run/history_tensors.h"

#include <cstring>
#include <utility>
#include <vector>

namespace lf::run {
namespace {

/// Every series, by its name in a checkpoint.
template <class HistoryType>
auto named_series(HistoryType& h) {
  return std::vector<std::pair<std::string, decltype(&h.fd)>>{
      {"autoencoder.train", &h.loss.autoencoder_train},
      {"autoencoder.test", &h.loss.autoencoder_test},
      {"autoencoder.rate", &h.loss.autoencoder_rate},
      {"flow.train", &h.loss.flow_train},
      {"flow.test", &h.loss.flow_test},
      {"flow.rate", &h.loss.flow_rate},
      {"fd", &h.fd}};
}

at::Tensor to_tensor(const Series& series) {
  const auto n = static_cast<int64_t>(series.step.size());
  at::Tensor rows = at::empty({3, n}, at::kFloat);
  const std::vector<float>* columns[] = {&series.step, &series.value, &series.seconds};
  for (int64_t i = 0; i < 3 && n > 0; ++i) {
    std::memcpy(rows[i].data_ptr(), columns[i]->data(), static_cast<size_t>(n) * sizeof(float));
  }
  return rows;
}

Series to_series(const at::Tensor& rows) {
  Series series;
  std::vector<float>* columns[] = {&series.step, &series.value, &series.seconds};
  for (int64_t i = 0; i < 3; ++i) {
    const at::Tensor row = rows[i].contiguous();
    columns[i]->assign(row.data_ptr<float>(), row.data_ptr<float>() + row.numel());
  }
  return series;
}

/// Three rows of finite numbers with valid steps.
bool is_series(const at::Tensor& rows) {
  if (rows.dim() != 2 || rows.size(0) != 3 || rows.scalar_type() != at::kFloat) return false;
  const at::Tensor steps = rows[0];
  return at::isfinite(rows).all().item<bool>() &&
         (steps >= 0).logical_and(steps <= records::kMostHistoryStep).all().item<bool>();
}

}  // namespace

std::map<std::string, at::Tensor> history_tensors(const records::History& history) {
  std::map<std::string, at::Tensor> tensors;
  for (const auto& [name, series] : named_series(history)) tensors["history." + name] = to_tensor(*series);
  return tensors;
}

void load_history(records::History& history, const std::map<std::string, at::Tensor>& tensors) {
  for (const auto& [name, series] : named_series(history)) {
    const auto found = tensors.find("history." + name);
    if (found != tensors.end() && is_series(found->second)) *series = to_series(found->second);
  }
}

}  // namespace lf::run
