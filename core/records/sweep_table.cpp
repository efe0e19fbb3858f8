// The results of a sweep as rows: a table for people, and CSV.
#include <algorithm>

#include "base/number_text.h"
#include "base/printed.h"
#include "records/sweep_record.h"

namespace lf::records {
namespace {

using Cells = std::vector<std::string>;

std::string measured(double value, double factor, int decimals) {
  return value < 0 ? "—" : printed("%.*f", decimals, factor * value);
}

std::string with_deviation(const SweepMean& mean, double factor, int decimals) {
  const std::string text = measured(mean.mean, factor, decimals);
  return mean.deviation < 0 ? text : text + " ± " + measured(mean.deviation, factor, decimals);
}

/// Characters of UTF-8 text, each one column wide.
size_t columns_of(const std::string& text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Rows of equal columns, the first row the heading.
void append_rows(std::vector<std::string>& lines, const std::vector<Cells>& rows) {
  std::vector<size_t> widths(rows.front().size());
  for (const auto& row : rows)
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns_of(row[i]));
  for (const auto& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      line += (i == 0 ? "" : "  ") + row[i];
      if (i + 1 < row.size()) line.append(widths[i] - columns_of(row[i]), ' ');
    }
    lines.push_back(line);
  }
}

Cells values_of(const SweepPlan& plan, const SweepPoint& point) {
  Cells cells;
  for (size_t i = 0; i < plan.axes.size(); ++i) cells.push_back(plan.axes[i].values.at(point[i]));
  return cells;
}

Cells setting_names(const SweepPlan& plan) {
  Cells names;
  for (const auto& axis : plan.axes) names.push_back(axis.setting);
  return names;
}

Cells joined(Cells first, const Cells& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// A cell of CSV, in quotes if it needs them.
std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string cell = "\"";
  for (const char letter : text) cell += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return cell + "\"";
}

std::string csv_row(const Cells& cells) {
  std::string row;
  for (const auto& cell : cells) row += (row.empty() ? "" : ",") + csv_cell(cell);
  return row + "\n";
}

/// Empty for what was not measured.
std::string csv_number(double value) { return value < 0 ? "" : number_text(value); }

}  // namespace

std::string sweep_csv(const SweepPlan& plan, const std::vector<SweepRun>& runs) {
  std::string text = csv_row(joined(joined({"run"}, setting_names(plan)),
                                    {"seed", "state", "autoencoder_steps", "flow_steps", "flow_total",
                                     "seconds", "fd", "accuracy", "psnr", "loss", "flow_weights"}));
  for (const auto& run : runs)
    text +=
        csv_row(joined(joined({run.name}, values_of(plan, run.point)),
                       {std::to_string(run.seed), sweep_state_name(run.state),
                        std::to_string(run.autoencoder_steps), std::to_string(run.flow_steps),
                        std::to_string(run.flow_total), csv_number(run.seconds), csv_number(run.fd),
                        csv_number(run.accuracy), csv_number(run.psnr), csv_number(run.loss), run.weights}));
  return text;
}

std::vector<std::string> sweep_table(const SweepPlan& plan, const std::vector<SweepRun>& runs) {
  std::vector<std::string> lines;
  std::vector<Cells> rows{joined(joined({"rank"}, setting_names(plan)),
                                 {"seed", "FD %", "accuracy %", "PSNR dB", "seconds", "steps", "state"})};
  for (const size_t index : ranked_runs(runs)) {
    const SweepRun& run = runs[index];
    const std::string rank = run.state == SweepState::Done ? std::to_string(rows.size()) : "—";
    rows.push_back(joined(joined({rank}, values_of(plan, run.point)),
                          {std::to_string(run.seed), measured(run.fd, 1, 2), measured(run.accuracy, 100, 1),
                           measured(run.psnr, 1, 1), measured(run.seconds, 1, 1),
                           std::to_string(run.flow_steps), sweep_state_text(run)}));
  }
  append_rows(lines, rows);
  const std::vector<SweepSummary> summaries = summarise_sweep(runs);
  if (plan.axes.empty() && summaries.size() == 1 && plan.seeds.size() == 1) return lines;
  lines.push_back("");
  lines.push_back(plan.seeds.size() > 1 ? "Mean ± standard deviation over the seeds:" : "By combination:");
  rows = {joined(setting_names(plan), {"FD %", "accuracy %", "PSNR dB", "runs", "ended early"})};
  std::vector<SweepSummary> sorted = summaries;
  std::stable_sort(sorted.begin(), sorted.end(), [](const SweepSummary& a, const SweepSummary& b) {
    return (a.fd.mean < 0 ? 1e300 : a.fd.mean) < (b.fd.mean < 0 ? 1e300 : b.fd.mean);
  });
  for (const auto& each : sorted)
    rows.push_back(
        joined(values_of(plan, each.point),
               {with_deviation(each.fd, 1, 2), with_deviation(each.accuracy, 100, 1),
                with_deviation(each.psnr, 1, 1), std::to_string(each.done), std::to_string(each.others)}));
  append_rows(lines, rows);
  const int64_t best = best_combination(summaries);
  if (best >= 0) {
    const auto& winner = summaries[static_cast<size_t>(best)];
    lines.push_back("best: " + point_text(plan.axes, winner.point) + ", FD " +
                    with_deviation(winner.fd, 1, 2) + " %");
  }
  return lines;
}

}  // namespace lf::records
