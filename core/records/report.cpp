#include "records/report.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/classes.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "config/settings.h"
#include "protocol/command_limits.h"

namespace lf::records {
namespace {

using nlohmann::json;

constexpr double kMostCount = 1e15;  ///< of steps or digits: larger values are invalid

json parse(const std::string& text) { return json::parse(text, nullptr, /*allow_exceptions=*/false); }

/// The number under `key` if it is in this range (and therefore finite).
double number_or(const json& from, const char* key, double fallback, double least, double most) {
  const auto found = from.find(key);
  if (found == from.end() || !found->is_number()) return fallback;
  const auto value = found->get<double>();
  return value >= least && value <= most ? value : fallback;
}

double number_or(const json& from, const char* key, double fallback) {
  return number_or(from, key, fallback, std::numeric_limits<double>::lowest(),
                   std::numeric_limits<double>::max());
}

int64_t count_or_zero(const json& from, const char* key) {
  return static_cast<int64_t>(number_or(from, key, 0, 0, kMostCount));
}

std::string text_or(const json& from, const char* key, const std::string& fallback) {
  const auto found = from.find(key);
  return found != from.end() && found->is_string() ? found->get<std::string>() : fallback;
}

/// The hundred counts of requested and predicted classes; false for other content.
bool read_confusion(const std::string& text, std::array<int64_t, kClasses * kClasses>& confusion) {
  const json stored = parse(text);
  const auto is_count = [](const json& cell) {
    return cell.is_number_unsigned() && cell.get<uint64_t>() <= uint64_t(kMostSamples);
  };
  if (!stored.is_array() || stored.size() != confusion.size() ||
      !std::all_of(stored.begin(), stored.end(), is_count))
    return false;
  confusion = stored.get<std::array<int64_t, kClasses * kClasses>>();
  return true;
}

}  // namespace

void read_report(const std::string& text, RunSummary& run) {
  const json report = parse(text);
  run.state = "unfinished";
  if (!report.is_object()) return;
  run.preset = text_or(report, "preset", "");
  run.started = text_or(report, "started", "");
  run.data = text_or(report, "data", "");
  run.state = text_or(report, "state", "unfinished");
  run.flow_steps = count_or_zero(report, "flow_steps");
  run.flow_total = count_or_zero(report, "flow_total");
  run.seconds = number_or(report, "seconds", 0, 0, kMostCount);
  run.fd = number_or(report, "fd", -1);
  run.psnr = number_or(report, "psnr", -1);
  run.loss = number_or(report, "loss", -1);
  run.parent = text_or(report, "parent", "");
  run.branch_step = count_or_zero(report, "branch_step");
}

Provenance provenance_of_report(const std::string& text, const std::string& file) {
  const json report = parse(text);
  if (!report.is_object() || !report.contains("course")) return {};
  try {
    return parse_provenance(report["course"].dump(-1, ' ', false, json::error_handler_t::replace), file);
  } catch (const InputError&) {
    return {};  // a report is for people: a damaged one costs no model
  }
}

Batches batches_of_report(const std::string& text) {
  const json report = parse(text);
  if (!report.is_object() || !report.contains("settings") || !report["settings"].is_object()) return {};
  const auto batch = [&](const std::string& key) {
    const auto found = parse_number(text_or(report["settings"], key.c_str(), ""));
    return found && *found >= 1 && *found <= kMostCount ? static_cast<int64_t>(*found) : 0;
  };
  return {batch(setting_key(&AutoencoderSettings::batch)), batch(setting_key(&FlowSettings::batch))};
}

Budget budget_of_report(const std::string& text) {
  const json report = parse(text);
  if (!report.is_object() || !report.contains("budget") || !report["budget"].is_object()) return {};
  const json& stored = report["budget"];
  Budget budget;
  budget.seconds = number_or(stored, "seconds", 0, kLeastSeconds, kMostSeconds);
  budget.steps = static_cast<int64_t>(number_or(stored, "steps", 0, 1, static_cast<double>(kMostSteps)));
  budget.epochs = number_or(stored, "epochs", 0, kLeastEpochs, kMostEpochs);
  budget.until_fd = number_or(stored, "until_fd", 0, kLeastFd, kMostFd);
  return budget;
}

Score score_of_facts(const std::map<std::string, std::string>& facts) {
  const auto text = [&](const char* name) {
    const auto found = facts.find(std::string("metric.") + name);
    return found == facts.end() ? std::string() : found->second;
  };
  const auto figure = [&](const char* name, double fallback) {
    return parse_number(text(name)).value_or(fallback);
  };
  Score score;
  score.valid = parse_number(text("fd")).has_value();
  score.fd = figure("fd", 0);
  score.fd_floor = figure("fd_floor", 0);
  score.rfd = figure("rfd", -1);
  score.accuracy = figure("accuracy", 0);
  score.psnr = figure("psnr", 0);
  score.class_kl = figure("class_kl", 0);
  score.mean_ink = figure("mean_ink", 0);
  score.memorisation = figure("memorisation", -1);
  score.count = static_cast<int64_t>(std::clamp(figure("count", 0), 0.0, kMostCount));
  score.grade = text("grade");
  if (read_confusion(text("confusion"), score.confusion)) fill_shares(score);
  return score;
}

void fill_shares(Score& score) {
  ByClass<int64_t> judged{};
  int64_t total = 0;
  for (size_t asked = 0; asked < kClasses; ++asked) {
    int64_t row = 0;
    for (size_t seen = 0; seen < kClasses; ++seen) {
      const int64_t n = score.confusion[asked * kClasses + seen];
      judged[seen] += n;
      row += n;
    }
    total += row;
    // A class without samples has no accuracy, which differs from accuracy 0.
    score.digit_accuracy[asked] =
        row > 0 ? static_cast<double>(score.confusion[asked * (kClasses + 1)]) / static_cast<double>(row)
                : std::numeric_limits<double>::quiet_NaN();
  }
  for (size_t digit = 0; digit < kClasses && total > 0; ++digit) {
    score.digit_share[digit] = static_cast<double>(judged[digit]) / static_cast<double>(total);
  }
}

}  // namespace lf::records
