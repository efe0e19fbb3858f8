#include "cli/json_lines.h"

#include "cli/progress.h"

namespace lf::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// The phases in JSON: loading, autoencoder, latents, flow, evaluating, paused, done, failed.
std::string contract_phase(const RunBlock& run) {
  if (run.phase == Phase::Idle) return "loading";
  return run.resumable && !run.running ? "paused" : phase_name(run.phase);
}

class JsonProgress : public Progress {
 public:
  explicit JsonProgress(std::ostream& out) : out_(out) {}

  void show(const Snapshot& snapshot) override {
    last_ = snapshot;
    for (auto news = news_.next(snapshot); !news.empty(); news = news_.next(snapshot)) {
      auto line = event_line("announcement", snapshot);
      line["message"] = news;
      out_ << line_text(line) << std::endl;
    }
    const auto phase = contract_phase(*snapshot.run);
    const bool changed = phase != phase_;
    if (!changed && Clock::now() < next_) return;
    phase_ = phase;
    next_ = Clock::now() + std::chrono::milliseconds(500);
    out_ << line_text(event_line(changed ? "phase" : "progress", snapshot)) << std::endl;
  }
  void fail(const std::string& message) override {
    auto line = event_line("failed", last_);
    line["phase"] = "failed";
    line["message"] = message;
    out_ << line_text(line) << std::endl;
  }

 private:
  std::ostream& out_;
  Announcements news_;
  Snapshot last_;
  std::string phase_;
  Clock::time_point next_{};
};

}  // namespace

nlohmann::ordered_json event_line(const std::string& event, const Snapshot& snapshot) {
  const auto& run = *snapshot.run;
  nlohmann::ordered_json line{
      {"event", event},   {"phase", contract_phase(run)}, {"step", run.step},        {"seconds", run.seconds},
      {"loss", run.loss}, {"step_total", run.step_total}, {"progress", run.progress}};
  if (run.seconds_left >= 0) line["seconds_left"] = run.seconds_left;
  if (run.digits_per_second > 0) line["digits_per_second"] = run.digits_per_second;
  if (!run.message.empty()) line["message"] = run.message;
  return line;
}

std::string line_text(const nlohmann::ordered_json& object) {
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::unique_ptr<Progress> make_json(std::ostream& out) { return std::make_unique<JsonProgress>(out); }

}  // namespace lf::cli
