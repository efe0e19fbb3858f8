#include "experiment/history.h"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <sstream>
#include <utility>
#include <vector>

#include "messages/errors.h"

namespace lf {
namespace {

constexpr const char* kHeader = "seconds,phase,step,loss,loss_test,lr,fd";

/// Every series under the name it has in a checkpoint.
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

/// Value of a sparse series at exactly this step, as text; "" where it has none. `from` remembers how far it
/// was read.
std::string value_at(const Series& series, float step, size_t& from) {
  while (from < series.step.size() && series.step[from] < step) ++from;
  if (from >= series.step.size() || series.step[from] != step) return "";
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", static_cast<double>(series.value[from]));
  return text;
}

void write_phase(std::string& out, const char* phase, const Series& train, const Series& test,
                 const Series& rate, const Series& fd) {
  size_t test_at = 0, rate_at = 0, fd_at = 0;
  for (size_t i = 0; i < train.step.size(); ++i) {
    char row[96];
    std::snprintf(row, sizeof row, "%.3f,%s,%lld,%.6g,", static_cast<double>(train.seconds[i]), phase,
                  static_cast<long long>(train.step[i]), static_cast<double>(train.value[i]));
    out += row + value_at(test, train.step[i], test_at) + "," + value_at(rate, train.step[i], rate_at) + "," +
           value_at(fd, train.step[i], fd_at) + "\n";
  }
}

std::vector<std::string> split_row(const std::string& row) {
  std::vector<std::string> cells;
  std::string cell;
  std::istringstream in(row);
  while (std::getline(in, cell, ',')) cells.push_back(cell);
  cells.resize(7);
  return cells;
}

double number(const std::string& cell, const std::string& where) {
  char* end = nullptr;
  const double value = std::strtod(cell.c_str(), &end);
  if (cell.empty() || *end != '\0' || !std::isfinite(value)) {
    throw InputError(where + ": '" + cell + "' is not a number; the file is damaged");
  }
  return value;
}

void read_row(History& history, const std::vector<std::string>& cells, const std::string& where) {
  const double seconds = number(cells[0], where);
  const auto step = static_cast<int64_t>(number(cells[2], where));
  const bool flow = cells[1] == "flow";
  if (!flow && cells[1] != "autoencoder") throw InputError(where + ": unknown phase '" + cells[1] + "'");
  auto& loss = history.loss;
  append(flow ? loss.flow_train : loss.autoencoder_train, step, number(cells[3], where), seconds);
  const auto optional = [&](const std::string& cell, Series& series) {
    if (!cell.empty()) append(series, step, number(cell, where), seconds);
  };
  optional(cells[4], flow ? loss.flow_test : loss.autoencoder_test);
  optional(cells[5], flow ? loss.flow_rate : loss.autoencoder_rate);
  optional(cells[6], history.fd);
}

}  // namespace

void append(Series& series, int64_t step, double value, double seconds) {
  series.step.push_back(static_cast<float>(step));
  series.value.push_back(static_cast<float>(value));
  series.seconds.push_back(static_cast<float>(seconds));
}

std::map<std::string, at::Tensor> History::to_map() const {
  std::map<std::string, at::Tensor> tensors;
  for (const auto& [name, series] : named_series(*this)) tensors["history." + name] = to_tensor(*series);
  return tensors;
}

void History::load(const std::map<std::string, at::Tensor>& tensors) {
  for (const auto& [name, series] : named_series(*this)) {
    const auto found = tensors.find("history." + name);
    const bool fits = found != tensors.end() && found->second.dim() == 2 && found->second.size(0) == 3 &&
                      found->second.scalar_type() == at::kFloat;
    if (fits) *series = to_series(found->second);
  }
}

std::string History::csv() const {
  std::string out = std::string(kHeader) + "\n";
  write_phase(out, "autoencoder", loss.autoencoder_train, loss.autoencoder_test, loss.autoencoder_rate,
              Series{});
  write_phase(out, "flow", loss.flow_train, loss.flow_test, loss.flow_rate, fd);
  return out;
}

History parse_history(const std::string& text, const std::string& name) {
  std::istringstream in(text);
  std::string row;
  if (!std::getline(in, row) || row != kHeader) {
    throw InputError(name + ": not a history of a run; its first line must be " + kHeader);
  }
  History history;
  for (int line = 2; std::getline(in, row); ++line) {
    if (!row.empty()) read_row(history, split_row(row), name + ":" + std::to_string(line));
  }
  return history;
}

}  // namespace lf
