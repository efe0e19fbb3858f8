#include "records/history.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

#include "base/errors.h"
#include "base/printed.h"
#include "records/table_text.h"

namespace lf::records {
namespace {

constexpr const char* kHeader = "seconds,phase,step,loss,loss_test,lr,fd";

/// Value of a sparse series at exactly this step, as text; "" if there is none. `from` is the
/// reading position.
std::string value_at(const Series& series, float step, size_t& from) {
  while (from < series.step.size() && series.step[from] < step) ++from;
  if (from >= series.step.size() || series.step[from] != step || !std::isfinite(series.value[from]))
    return "";
  return printed("%.6g", static_cast<double>(series.value[from]));
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

/// The columns of the header, in order.
enum Column : size_t { kSeconds, kPhase, kStep, kLoss, kLossTest, kRate, kFd, kColumns };
constexpr std::array<const char*, kColumns> kNames{"seconds",   "phase", "step", "loss",
                                                   "loss_test", "lr",    "fd"};
constexpr int kMostNotes = 50;  ///< lines before the header
constexpr size_t kNowhere = SIZE_MAX;

/// The format of one file's table: positions of the columns, and format of the numbers.
struct Layout {
  char separator = ',', decimal = '.';
  std::array<size_t, kColumns> place{};
};

/// The positions of the columns, if this row is the header: a spreadsheet may have moved or added
/// some.
std::optional<Layout> read_header(const std::vector<std::string>& cells, char separator) {
  Layout layout;
  layout.separator = separator;
  for (size_t i = 0; i < kColumns; ++i) {
    const auto found = std::find(cells.begin(), cells.end(), kNames[i]);
    layout.place[i] = found == cells.end() ? kNowhere : static_cast<size_t>(found - cells.begin());
  }
  const bool whole =
      layout.place[kPhase] != kNowhere && layout.place[kStep] != kNowhere && layout.place[kLoss] != kNowhere;
  return whole ? std::optional(layout) : std::nullopt;
}

/// Finds the header, below some notes if necessary, and moves `rows` behind it. Throws InputError.
Layout find_header(const std::string& text, const std::string& name, TableRows& rows) {
  for (const char separator : {',', ';', '\t', '|'}) {
    rows = TableRows(text, separator);
    std::vector<std::string> cells;
    for (int i = 0; i < kMostNotes && rows.next(cells); ++i)
      if (const auto layout = read_header(cells, separator)) return *layout;
  }
  throw InputError(name + ": not a history of a run; its first line must be " + kHeader);
}

/// One row with its cells by column name; "" if it is too short.
class Row {
 public:
  Row(const Layout& layout, const std::vector<std::string>& cells, std::string where)
      : layout_(&layout), cells_(&cells), where_(std::move(where)) {}
  const std::string& cell(Column column) const {
    static const std::string none;
    const size_t place = layout_->place[column];
    return place < cells_->size() ? (*cells_)[place] : none;
  }
  /// A number within the range of a float; nothing if the cell is empty. Throws InputError for
  /// other content.
  std::optional<double> number(Column column) const {
    if (is_no_value(cell(column))) return std::nullopt;
    const auto value = number_in_cell(cell(column), layout_->decimal);
    if (!value || std::abs(*value) > static_cast<double>(std::numeric_limits<float>::max()))
      throw InputError(where_ + ": '" + cell(column) + "' is not a number; the file is damaged");
    return value;
  }
  std::optional<int64_t> step() const {
    const auto value = number(kStep);
    if (value && (*value < 0 || *value > kMostHistoryStep))
      throw InputError(where_ + ": '" + cell(kStep) + "' is not a step of a run; the file is damaged");
    return value ? std::optional(static_cast<int64_t>(*value)) : std::nullopt;
  }
  /// A note between the rows: it has no phase and no step.
  bool is_note() const {
    const bool phase = cell(kPhase) == "flow" || cell(kPhase) == "autoencoder";
    return !phase && !number_in_cell(cell(kStep), layout_->decimal);
  }
  const std::string& where() const { return where_; }

 private:
  const Layout* layout_;
  const std::vector<std::string>* cells_;
  std::string where_;
};

/// The number format of this file, from the first loss that determines it.
char decimal_of(TableRows rows, const Layout& layout) {
  std::vector<std::string> cells;
  while (rows.next(cells)) {
    const size_t place = layout.place[kLoss];
    const char mark = place < cells.size() ? decimal_mark(cells[place]) : '\0';
    if (mark != '\0') return mark;
  }
  return '.';
}

/// False for a note, which is skipped.
bool read_row(History& history, const Row& row) {
  if (row.is_note()) return false;
  const bool flow = row.cell(kPhase) == "flow";
  if (!flow && row.cell(kPhase) != "autoencoder")
    throw InputError(row.where() + ": unknown phase '" + row.cell(kPhase) + "'");
  const auto step = row.step();
  const double seconds = row.number(kSeconds).value_or(0);
  auto& loss = history.loss;
  const auto take = [&](Column column, Series& series) {
    const auto value = row.number(column);
    if (value && step) append(series, *step, *value, seconds);
  };
  take(kLoss, flow ? loss.flow_train : loss.autoencoder_train);
  take(kLossTest, flow ? loss.flow_test : loss.autoencoder_test);
  take(kRate, flow ? loss.flow_rate : loss.autoencoder_rate);
  take(kFd, history.fd);
  return true;
}

/// A spreadsheet may have sorted the rows by another column.
void sort_by_step(Series& series) {
  if (std::is_sorted(series.step.begin(), series.step.end())) return;
  std::vector<size_t> order(series.step.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return series.step[a] < series.step[b]; });
  Series sorted;
  for (const size_t i : order) {
    sorted.step.push_back(series.step[i]);
    sorted.value.push_back(series.value[i]);
    sorted.seconds.push_back(series.seconds[i]);
  }
  series = std::move(sorted);
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
  const std::string plain = plain_text(text);
  TableRows rows(plain, ',');
  Layout layout = find_header(plain, name, rows);
  layout.decimal = decimal_of(rows, layout);
  History history;
  std::vector<std::string> cells;
  bool any_text = false, any_row = false;
  while (rows.next(cells)) {
    const bool read = read_row(history, Row(layout, cells, name + ":" + std::to_string(rows.line())));
    any_row |= read;
    any_text |= cells.size() > 1 || !cells[0].empty();
  }
  if (any_text && !any_row)
    throw InputError(name + ": no line of it names a phase and a step; the file is damaged");
  auto& loss = history.loss;
  for (Series* series : {&loss.autoencoder_train, &loss.autoencoder_test, &loss.autoencoder_rate,
                         &loss.flow_train, &loss.flow_test, &loss.flow_rate, &history.fd})
    sort_by_step(*series);
  return history;
}

}  // namespace lf::records
