#include "worker/current_run/event_log.h"

#include <filesystem>
#include <utility>

#include "base/clock.h"
#include "base/errors.h"

namespace lf::worker {
namespace fs = std::filesystem;
namespace {

constexpr double kWriteInterval = 1;                         ///< seconds
constexpr int64_t kAutoencoderImages = 5, kFlowImages = 10;  ///< of a run, denser at the start

double seconds_since_1970() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

bool EventLog::wanted() const {
  const Workspace& work = context_.work;
  return !context_.options.tensorboard.empty() && work.run && !work.folder.empty() && flow_ != nullptr;
}

/// A full disk must not cost the run anything.
template <class Write>
void EventLog::guarded(Write write) {
  try {
    write();
  } catch (const RunError& failed) {
    if (std::exchange(warned_, true)) return;  // each attempt names another file
    context_.publisher.log(
        LogLevel::Warning,
        std::string("nothing is written for TensorBoard, training continues: ") + failed.what());
  }
}

void EventLog::begin() {
  images_.reset();
  warned_ = false;
  autoencoder_.reset();
  flow_.reset();
  const Workspace& work = context_.work;
  if (context_.options.tensorboard.empty() || !work.run) return;
  const fs::path folder = fs::path(context_.options.tensorboard) / fs::path(work.folder).filename();
  autoencoder_ = std::make_unique<PhaseEvents>(PhaseEvents::Phase::Autoencoder, folder / "autoencoder");
  flow_ = std::make_unique<PhaseEvents>(PhaseEvents::Phase::Flow, folder / "flow");
  autoencoder_->begin(work.run->history());
  flow_->begin(work.run->history());
  const run::RunStatus run = work.run->status();
  pictured_autoencoder_ = run.autoencoder_step > 0 ? run.autoencoder_step : -1;
  pictured_flow_ = run.flow_step > 0 ? run.flow_step : -1;
  scored_seconds_ = work.score.valid ? work.score.seconds : -1;
}

void EventLog::write_when_due() {
  if (wanted() && seconds_since(last_) > kWriteInterval) write();
}

void EventLog::write() {
  if (!wanted()) return;
  const records::History& history = context_.work.run->history();
  const double now = seconds_since_1970(), trained = context_.work.run->status().seconds;
  guarded([&] { autoencoder_->write(history, speed(*autoencoder_), now, trained); });
  guarded([&] {
    const bool fresh = context_.work.score.valid && context_.work.score.seconds != scored_seconds_;
    auto extra = speed(*flow_);
    for (auto& value : fresh ? scores() : std::vector<files::EventValue>{}) extra.push_back(std::move(value));
    flow_->write(history, extra, now, trained);
    if (fresh) scored_seconds_ = context_.work.score.seconds;
  });
  last_ = std::chrono::steady_clock::now();
}

/// Of the phase that trains now.
std::vector<files::EventValue> EventLog::speed(const PhaseEvents& phase) const {
  const run::RunStatus run = context_.work.run->status();
  const bool flow = run.stage == run::RunStage::Flow, autoencoder = run.stage == run::RunStage::Autoencoder;
  const bool present = &phase == flow_.get() ? flow : autoencoder;
  if (!present || run.digits_per_second <= 0) return {};
  return {{phase.prefix() + "digits_per_second", static_cast<float>(run.digits_per_second)}};
}

/// The full evaluation at the end, in the units of report.json.
std::vector<files::EventValue> EventLog::scores() const {
  const Score& score = context_.work.score;
  std::vector<files::EventValue> values;
  const auto add = [&](const char* name, double value) {
    values.push_back({flow_->prefix() + "score/" + name, static_cast<float>(value)});
  };
  add("fd", score.fd);
  if (score.rfd >= 0) add("rfd", score.rfd);
  add("accuracy", score.accuracy);
  add("psnr", score.psnr);
  return values;
}

bool EventLog::image_due() const {
  if (!wanted() || busy()) return false;
  const run::RunStatus run = context_.work.run->status();
  if (run.stage == run::RunStage::Flow) {
    const int64_t next = run::next_mark(pictured_flow_, run.plan.flow_steps, kFlowImages);
    return run.flow_step >= next;
  }
  if (run.stage != run::RunStage::Autoencoder) return false;
  const int64_t next = run::next_mark(pictured_autoencoder_, run.plan.autoencoder_steps, kAutoencoderImages);
  return run.autoencoder_step >= next;
}

void EventLog::begin_images() {
  if (!wanted()) return;
  const run::RunStatus run = context_.work.run->status();
  EventImages::Wish wish;
  wish.reconstructions = run.autoencoder_step > pictured_autoencoder_;
  wish.samples = run.stage != run::RunStage::Autoencoder;
  pictured_autoencoder_ = run.autoencoder_step;
  if (wish.samples) pictured_flow_ = run.flow_step;
  images_ = std::make_unique<EventImages>(*context_.work.model, context_.current.data(), wish);
}

void EventLog::begin_last_images() {
  if (wanted() && context_.work.run->status().flow_step > pictured_flow_) begin_images();
}

void EventLog::advance() {
  if (images_->advance()) return;
  keep_images();
  images_.reset();
}

void EventLog::keep_images() {
  if (!wanted()) return;
  const double now = seconds_since_1970();
  write();  // the curves up to here, in the order of steps
  guarded([&] {
    auto reconstructions = images_->reconstructions_png();
    if (!reconstructions.empty())
      autoencoder_->write_image("reconstructions", std::move(reconstructions), pictured_autoencoder_, now);
  });
  guarded([&] {
    auto samples = images_->samples_png();
    if (!samples.empty()) flow_->write_image("samples", std::move(samples), pictured_flow_, now);
  });
}

}  // namespace lf::worker
