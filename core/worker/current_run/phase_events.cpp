#include "worker/current_run/phase_events.h"

#include <algorithm>
#include <map>

namespace lf::worker {
namespace {

/// The values of one step.
struct StepValues {
  double trained = 0;  ///< training time in seconds
  std::vector<files::EventValue> values;
};

int64_t last_step(const Series& series) {
  return series.step.empty() ? -1 : static_cast<int64_t>(series.step.back());
}

}  // namespace

std::string PhaseEvents::prefix() const { return phase_ == Phase::Flow ? "flow/" : "autoencoder/"; }

std::vector<PhaseEvents::Curve> PhaseEvents::curves(const records::History& history, Counts& counts) const {
  const LossBlock& loss = history.loss;
  if (phase_ == Phase::Autoencoder)
    return {{"loss", &loss.autoencoder_train, &counts.loss},
            {"loss_test", &loss.autoencoder_test, &counts.loss_test},
            {"lr", &loss.autoencoder_rate, &counts.rate}};
  return {{"loss", &loss.flow_train, &counts.loss},
          {"loss_test", &loss.flow_test, &counts.loss_test},
          {"lr", &loss.flow_rate, &counts.rate},
          {"fd", &history.fd, &counts.fd}};
}

PhaseEvents::Counts PhaseEvents::whole(const records::History& history) const {
  Counts counts;
  for (const Curve& curve : curves(history, counts)) *curve.written = curve.series->step.size();
  return counts;
}

void PhaseEvents::begin(const records::History& history) {
  file_.reset();
  at_start_ = whole(history);
  start_step_ = last_step(*curves(history, written_).front().series) + 1;
}

void PhaseEvents::open(double now) {
  const bool continues = files::holds_event_file(folder_);
  auto file = std::make_unique<files::EventFile>(folder_);
  if (continues) file->append({files::restart_event({now, start_step_})});
  written_ = continues ? at_start_ : Counts{};
  file_ = std::move(file);
}

void PhaseEvents::write(const records::History& history, const std::vector<files::EventValue>& extra,
                        double now, double trained) {
  const auto known = curves(history, written_);
  if (known.front().series->step.empty()) return;
  if (!file_) open(now);
  std::map<int64_t, StepValues> steps;
  for (const Curve& curve : known) {
    for (size_t i = *curve.written; i < curve.series->step.size(); ++i) {
      StepValues& at = steps[static_cast<int64_t>(curve.series->step[i])];
      at.trained = static_cast<double>(curve.series->seconds[i]);
      at.values.push_back({prefix() + curve.name, curve.series->value[i]});
    }
  }
  if (steps.empty() && extra.empty()) return;
  std::vector<std::string> events;
  for (const auto& [step, at] : steps)
    events.push_back(files::values_event({now - std::max(0.0, trained - at.trained), step}, at.values));
  if (!extra.empty()) events.push_back(files::values_event({now, last_step(*known.front().series)}, extra));
  file_->append(events);
  written_ = whole(history);
}

void PhaseEvents::write_image(const std::string& name, std::vector<uint8_t> png, int64_t step, double now) {
  if (!file_) open(now);
  file_->append({files::values_event({now, step}, {{prefix() + name, files::event_image(std::move(png))}})});
}

}  // namespace lf::worker
