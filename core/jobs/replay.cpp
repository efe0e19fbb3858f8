// `replay`: trains a stored run again and compares its weights with the recorded digests.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/printed.h"
#include "jobs/job.h"
#include "run/repeated_run.h"

namespace lf::jobs {
namespace {

constexpr size_t kShownLetters = 12;  ///< of a digest

class ReplayJob : public SlicedJob {
 public:
  ReplayJob(const data::DataTensors& data, const files::Dataset& dataset, const ReplayCommand& command,
            const DeviceChoice& device)
      : again_({"cannot replay", command.folder, command.from, data, dataset}, device),
        last_(command.steps > 0 ? std::min(command.steps, again_.recorded_steps()) : again_.recorded_steps()),
        limit_(command.steps),
        marks_(command.folder) {}

  std::string name() const override { return "replaying " + again_.name(); }

  bool advance() override {
    if (stopped_) return false;
    stopped_ = again_.record_ends() || !again_.advance();
    for (const run::RecordedWeights& weights : again_.take_compared()) note_comparison(weights);
    compare_mark();
    const bool enough = limit_ > 0 && again_.steps() >= limit_;
    stopped_ |= enough || !different_.empty();
    return !stopped_;
  }

  double progress() const override {
    return std::min(1.0,
                    static_cast<double>(again_.steps()) / static_cast<double>(std::max<int64_t>(1, last_)));
  }

  JobResult finish() override {
    JobResult result;
    result.verb = "replay";
    result.passed = different_.empty() && agreed_ > 0;
    if (!again_.note().empty()) result.table.push_back("note: " + again_.note());
    for (const auto& row : rows_) result.table.push_back(row);
    result.text = verdict();
    result.table.push_back(result.text);
    result.json = json_;
    result.json.push_back(nlohmann::ordered_json{
        {"run", again_.name()},
        {"compared", agreed_ + (different_.empty() ? 0 : 1)},
        {"same", result.passed},
        {"steps", again_.steps()},
        {"marks", marks_agreed_},
        {"note",
         again_.note()}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return result;
  }

 private:
  /// The mark of the step that was just made, if the run kept one.
  void compare_mark() {
    const inference::Model& model = again_.model();
    const bool new_step = again_.run().stage() >= run::RunStage::Flow && model.flow_steps != marked_ &&
                          again_.run().weights_whole();
    if (!new_step || !different_.empty()) return;
    marked_ = model.flow_steps;
    if (!marks_.has(marked_)) return;
    marks_.matches(model) ? void(++marks_agreed_)
                          : void(different_ = "the mark of flow step " + std::to_string(marked_));
  }

  void note_comparison(const run::RecordedWeights& weights) {
    if (!different_.empty()) return;
    const records::ProvenanceEntry& entry = weights.entry;
    weights.same() ? void(++agreed_) : void(different_ = run::place_of(entry));
    const std::string recorded = "recorded " + entry.digest.substr(0, kShownLetters);
    rows_.push_back(printed("%-26s %s  %s", run::place_of(entry).c_str(),
                            weights.digest.substr(0, kShownLetters).c_str(),
                            weights.same() ? "the same" : recorded.c_str()));
    json_.push_back(
        nlohmann::ordered_json{{"part", run::of_flow(entry) ? "flow" : "autoencoder"},
                               {"step", run::of_flow(entry) ? entry.flow_step : entry.autoencoder_step},
                               {"weights", weights.digest},
                               {"recorded", entry.digest},
                               {"same", weights.same()}}
            .dump());
  }

  std::string verdict() const {
    const std::string marks = std::to_string(agreed_) + (agreed_ == 1 ? " recorded step" : " recorded steps");
    if (!different_.empty())
      return "the replay of " + again_.name() + " differs from the run at " + different_ + ", after " +
             marks + " that agreed";
    if (agreed_ == 0) return "no recorded step of " + again_.name() + " was reached: nothing was compared";
    return "the run gives the same bytes again: " + marks + " agree after training " +
           std::to_string(again_.steps()) + " steps" +
           (marks_agreed_ > 0 ? ", and so do " + std::to_string(marks_agreed_) + " marks" : "");
  }

  run::RepeatedRun again_;
  int64_t last_, limit_;  ///< steps to repeat; the wished limit, 0: none
  bool stopped_ = false;
  std::string different_;
  int64_t agreed_ = 0;
  run::Marks marks_;
  int64_t marked_ = -1, marks_agreed_ = 0;  ///< the last step that was looked at; marks with its weights
  std::vector<std::string> rows_, json_;
};

}  // namespace

std::unique_ptr<SlicedJob> make_replay_job(const data::DataTensors& data, const files::Dataset& dataset,
                                           const ReplayCommand& command, const DeviceChoice& device) {
  return std::make_unique<ReplayJob>(data, dataset, command, device);
}

}  // namespace lf::jobs
