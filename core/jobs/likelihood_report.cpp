#include "jobs/likelihood_report.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/printed.h"
#include "inference/likelihood_summary.h"
#include "lab/table.h"

namespace lf::jobs {
namespace {

constexpr size_t kShown = 8;  ///< digits at each end

/// A number with so many decimals, or a dash if unknown: one digit alone has no standard deviation.
std::string known(const char* format, int width, double value) {
  if (std::isfinite(value)) return printed(format, value);
  return std::string(static_cast<size_t>(std::max(0, width - 1)), ' ') + "—";
}

/// Root mean square of the error due to the probes, bits per dimension.
double probe_error(const LikelihoodReport& report) {
  double sum = 0;
  for (const float error : report.error) sum += static_cast<double>(error) * error;
  return std::sqrt(sum / static_cast<double>(report.error.size()));
}

/// The likeliest digits, or the least likely ones, the most extreme first.
std::vector<int64_t> extremes(const LikelihoodReport& report, bool most) {
  std::vector<int64_t> order = inference::likeliest_first(report.bits);
  if (!most) std::reverse(order.begin(), order.end());
  order.resize(std::min(kShown, order.size()));
  return order;
}

std::string extremes_text(const LikelihoodReport& report, bool most) {
  std::string text;
  for (const int64_t digit : extremes(report, most)) {
    const auto i = static_cast<size_t>(digit);
    text += printed("%s%lld (a %d) %.3f", text.empty() ? "" : ", ", static_cast<long long>(digit),
                    static_cast<int>(report.labels[i]), report.bits[i]);
  }
  return text;
}

std::string method_text(const LikelihoodReport& report) {
  const std::string trace = report.probes == 0
                                ? "exact trace"
                                : "Hutchinson's estimate, " + std::to_string(report.probes) + " probes";
  return trace + " · " + report.solver +
         (report.steps > 0 ? ", " + std::to_string(report.steps) + " steps" : ", adaptive steps");
}

nlohmann::ordered_json digit_json(const LikelihoodReport& report, size_t i) {
  const bool exact = report.probes == 0;
  return {{"event", "digit"},
          {"digit", i},
          {"label", report.labels[i]},
          {"nats", report.nats[i]},
          {"bits_per_dimension", report.bits[i]},
          {"standard_error", exact ? nlohmann::ordered_json() : nlohmann::ordered_json(report.error[i])}};
}

/// Unknown numbers become null.
nlohmann::ordered_json summary_json(const LikelihoodReport& report) {
  const inference::LikelihoodSummary summary = inference::summarise_likelihood(report.bits, report.labels);
  nlohmann::ordered_json classes = nlohmann::ordered_json::array();
  for (const inference::MeanBits& digit : summary.digits) {
    classes.push_back({{"count", digit.count},
                       {"bits_per_dimension", digit.mean},
                       {"standard_error", digit.error},
                       {"spread", digit.spread}});
  }
  return {{"event", "done"},
          {"data", report.data_name},
          {"split", report.split},
          {"digits", report.bits.size()},
          {"labelled", report.labelled},
          {"exact", report.probes == 0},
          {"probes", report.probes},
          {"solver", report.solver},
          {"steps", report.steps},
          {"bits_per_dimension", summary.all.mean},
          {"standard_error", summary.all.error},
          {"spread", summary.all.spread},
          {"probe_error", probe_error(report)},
          {"classes", classes},
          {"most_typical", extremes(report, true)},
          {"least_typical", extremes(report, false)},
          {"paths", report.paths}};
}

}  // namespace

std::vector<std::string> report_table(const LikelihoodReport& report) {
  const inference::LikelihoodSummary summary = inference::summarise_likelihood(report.bits, report.labels);
  std::vector<std::string> lines{
      std::to_string(report.bits.size()) + " " + report.split + " digits of " + report.data_name + " · " +
          (report.labelled ? "ln p(z | class)" : "ln p(z)") + " · " + method_text(report),
      "bits per dimension  " + known("%.4f", 0, summary.all.mean) + " ± " +
          known("%.4f", 0, summary.all.error) + ", standard deviation over the digits " +
          known("%.4f", 0, summary.all.spread)};
  if (report.probes > 0) lines.push_back(printed("standard error of one digit  %.4f", probe_error(report)));
  lines.push_back("digit  count     mean  stddev");
  for (size_t k = 0; k < summary.digits.size(); ++k) {
    const inference::MeanBits& digit = summary.digits[k];
    if (digit.count == 0) continue;
    lines.push_back(printed("%5zu  %5lld  ", k, static_cast<long long>(digit.count)) +
                    known("%7.4f", 7, digit.mean) + "  " + known("%6.4f", 6, digit.spread));
  }
  lines.push_back("likeliest      " + extremes_text(report, true));
  lines.push_back("least likely   " + extremes_text(report, false));
  for (const auto& path : report.paths) lines.push_back("wrote " + path);
  return lines;
}

std::vector<std::string> report_json(const LikelihoodReport& report) {
  std::vector<std::string> lines;
  for (size_t i = 0; i < report.bits.size(); ++i) lines.push_back(digit_json(report, i).dump());
  lines.push_back(summary_json(report).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  return lines;
}

std::string report_csv(const LikelihoodReport& report) {
  LabTable table({"digit", "label", "nats", "bits_per_dimension", "standard_error"});
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  for (size_t i = 0; i < report.bits.size(); ++i) {
    table.row().cell(static_cast<double>(i)).cell(report.labels[i]).cell(report.nats[i]);
    table.cell(report.bits[i]).cell(report.probes == 0 ? unknown : report.error[i]);
  }
  return table.csv();
}

}  // namespace lf::jobs
