#include "records/sweep_record.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "base/number_text.h"
#include "records/record_fields.h"
#include "records/sweep_plan.h"
#include "records/sweep_rule.h"

namespace lf::records {
namespace {

using nlohmann::ordered_json;

constexpr double kMostSweepNumber = 1e15;
constexpr size_t kMostSweepNotes = 1000;

ordered_json values_json(const std::vector<SweepAxis>& axes, const SweepPoint& point) {
  ordered_json values = ordered_json::object();
  for (size_t i = 0; i < axes.size(); ++i) values[axes[i].setting] = axes[i].values.at(point[i]);
  return values;
}

ordered_json run_json(const SweepPlan& plan, const SweepRun& run) {
  return {{"folder", run.name},
          {"settings", values_json(plan.axes, run.point)},
          {"seed", run.seed},
          {"state", sweep_state_name(run.state)},
          {"note", run.note},
          {"autoencoder_steps", run.autoencoder_steps},
          {"flow_steps", run.flow_steps},
          {"flow_total", run.flow_total},
          {"seconds", run.seconds},
          {"fd", run.fd},
          {"accuracy", run.accuracy},
          {"psnr", run.psnr},
          {"loss", run.loss},
          {"checks", run.checks},
          {"flow_weights", run.weights}};
}

ordered_json mean_json(const SweepMean& mean) { return {{"mean", mean.mean}, {"deviation", mean.deviation}}; }

ordered_json summary_json(const SweepPlan& plan, const SweepSummary& summary) {
  return {{"settings", values_json(plan.axes, summary.point)},
          {"done", summary.done},
          {"ended_early", summary.others},
          {"fd", mean_json(summary.fd)},
          {"accuracy", mean_json(summary.accuracy)},
          {"psnr", mean_json(summary.psnr)},
          {"seconds", mean_json(summary.seconds)}};
}

const RecordRules& sweep_record_rules() {
  static const RecordRules rules{2000, "the record is damaged, or not that of a sweep"};
  return rules;
}

class SweepFields : public RecordFields {
 public:
  SweepFields(const ordered_json& from, const std::string& file, std::string place)
      : RecordFields(from, file, std::move(place), sweep_record_rules()) {}

  std::vector<double> scores(const char* key, size_t most) const {
    const auto& found = value(key);
    std::vector<double> scores;
    if (!found.is_array() || found.size() > most)
      refuse(key, "a list of at most " + std::to_string(most) + " numbers");
    for (const auto& score : found) {
      if (!score.is_number() || !(score.get<double>() >= 0 && score.get<double>() <= kMostSweepNumber))
        refuse(key, "a list of scores");
      scores.push_back(score.get<double>());
    }
    return scores;
  }
  std::vector<std::string> lines(const char* key) const {
    const auto& found = value(key);
    std::vector<std::string> lines;
    if (!found.is_array() || found.size() > kMostSweepNotes) refuse(key, "a list of texts");
    for (const auto& line : found) {
      if (!line.is_string()) refuse(key, "a list of texts");
      lines.push_back(line.get<std::string>());
    }
    return lines;
  }
};

/// Fills the results of a planned run.
void read_run(const SweepFields& read, SweepRun& run) {
  if (read.words("folder") != run.name) read.refuse("folder", run.name + ", as the plan says");
  run.state = sweep_state_of(read.words("state"));
  if (run.state == SweepState::Running) run.state = SweepState::Waiting;
  run.note = read.words("note");
  run.autoencoder_steps = read.count("autoencoder_steps");
  run.flow_steps = read.count("flow_steps");
  run.flow_total = read.count("flow_total");
  run.seconds = read.number("seconds", 0, kMostSweepNumber);
  run.fd = read.number("fd", -1, kMostSweepNumber);
  run.accuracy = read.number("accuracy", -1, 1);
  run.psnr = read.number("psnr", -1, kMostSweepNumber);
  run.loss = read.number("loss", -1, kMostSweepNumber);
  run.checks = read.scores("checks", static_cast<size_t>(kSweepChecks));
  run.weights = read.words("flow_weights");
}

RunPlan read_steps(const SweepFields& record, const std::string& file) {
  const SweepFields read(record.value("steps"), file, "steps.");
  RunPlan steps;
  steps.autoencoder_steps = read.count("autoencoder");
  steps.flow_steps = read.count("flow");
  steps.encoder_steps = read.count("encoder");
  steps.shared_steps = read.count("shared");
  if (steps.encoder_steps > steps.autoencoder_steps) read.refuse("encoder", "at most 'steps.autoencoder'");
  return steps;
}

}  // namespace

std::vector<SweepRun> planned_runs(const SweepPlan& plan) {
  const std::vector<SweepPoint> points = sweep_points(plan);
  const size_t count = points.size() * plan.seeds.size();
  std::vector<SweepRun> runs;
  for (const int64_t seed : plan.seeds) {
    for (const auto& point : points) {
      SweepRun run;
      run.name = sweep_run_name(plan, point, seed, runs.size(), count);
      run.point = point;
      run.seed = seed;
      runs.push_back(run);
    }
  }
  return runs;
}

bool is_sweep_record(const std::string& text) {
  const auto json = ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
  return json.is_object() && json.contains("sweep") && json.contains("runs");
}

std::string sweep_record_text(const SweepRecord& r) {
  ordered_json runs = ordered_json::array(), summary = ordered_json::array();
  for (const auto& run : r.runs) runs.push_back(run_json(r.plan, run));
  for (const auto& each : summarise_sweep(r.runs)) summary.push_back(summary_json(r.plan, each));
  const ordered_json json{{"sweep", 1},
                          {"plan", ordered_json::parse(sweep_plan_text(r.plan))},
                          {"started", r.started},
                          {"program", r.program},
                          {"device", r.device},
                          {"arithmetic", r.arithmetic},
                          {"threads", r.threads},
                          {"data", {{"name", r.data_name}, {"digest", r.data_digest}}},
                          {"judge", {{"name", r.judge_name}, {"sha256", r.judge_digest}}},
                          {"samples", r.samples},
                          {"steps",
                           {{"autoencoder", r.steps.autoencoder_steps},
                            {"encoder", r.steps.encoder_steps},
                            {"shared", r.steps.shared_steps},
                            {"flow", r.steps.flow_steps}}},
                          {"runs", runs},
                          {"combinations", summary},
                          {"notes", r.notes}};
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

SweepRecord parse_sweep_record(const std::string& text, const std::string& file) {
  const ordered_json json = ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
  const SweepFields read(json, file, "");
  SweepRecord r;
  if (read.count("sweep") != 1) read.refuse("sweep", "1");
  r.plan = parse_sweep_plan(read.value("plan").dump(-1, ' ', false, ordered_json::error_handler_t::replace),
                            file + ": plan");
  r.started = read.words("started");
  r.program = read.words("program");
  r.device = read.words("device");
  r.arithmetic = read.words("arithmetic");
  r.threads = read.count("threads");
  r.samples = read.count("samples");
  const SweepFields data(read.value("data"), file, "data."), judge(read.value("judge"), file, "judge.");
  r.data_name = data.words("name");
  r.data_digest = data.digest("digest");
  r.judge_name = judge.words("name");
  r.judge_digest = judge.digest("sha256");
  r.steps = read_steps(read, file);
  r.runs = planned_runs(r.plan);
  r.notes = read.lines("notes");
  const ordered_json& runs = read.value("runs");
  if (!runs.is_array() || runs.size() != r.runs.size())
    read.refuse("runs", "a list of the " + std::to_string(r.runs.size()) + " runs of the plan");
  for (size_t i = 0; i < runs.size(); ++i)
    read_run(SweepFields(runs[i], file, "runs[" + std::to_string(i) + "]."), r.runs[i]);
  return r;
}

std::vector<std::string> sweep_json_lines(const SweepPlan& plan, const std::vector<SweepRun>& runs) {
  std::vector<std::string> lines;
  const auto add = [&](const char* event, const ordered_json& json) {
    ordered_json line{{"event", event}};
    line.update(json);
    lines.push_back(line.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
  };
  for (const size_t index : ranked_runs(runs)) add("run", run_json(plan, runs[index]));
  for (const auto& summary : summarise_sweep(runs)) add("combination", summary_json(plan, summary));
  return lines;
}

}  // namespace lf::records
