#include "experiment/history.h"

#include <cmath>
#include <cstdio>
#include <limits>
#include <sstream>
#include <vector>

#include "messages/errors.h"
#include "messages/number_text.h"

namespace lf {
namespace {

constexpr const char* kHeader = "seconds,phase,step,loss,loss_test,lr,fd";

/// Value of a sparse series at exactly this step, as text; "" where it has none. `from` remembers how far it
/// was read.
std::string value_at(const Series& series, float step, size_t& from) {
  while (from < series.step.size() && series.step[from] < step) ++from;
  if (from >= series.step.size() || series.step[from] != step || !std::isfinite(series.value[from]))
    return "";
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

/// A number that a float can hold, as the curves do.
double number(const std::string& cell, const std::string& where) {
  const auto value = parse_number(cell);
  if (!value || std::abs(*value) > static_cast<double>(std::numeric_limits<float>::max())) {
    throw InputError(where + ": '" + cell + "' is not a number; the file is damaged");
  }
  return *value;
}

int64_t step_number(const std::string& cell, const std::string& where) {
  const double value = number(cell, where);
  if (value < 0 || value > kMostHistoryStep)
    throw InputError(where + ": '" + cell + "' is no step of a run; the file is damaged");
  return static_cast<int64_t>(value);
}

void read_row(History& history, const std::vector<std::string>& cells, const std::string& where) {
  const double seconds = number(cells[0], where);
  const int64_t step = step_number(cells[2], where);
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
