// A workload that simulates training, for viewing the window and for driving it in tests.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <variant>

#include "base/errors.h"
#include "fake_snapshots.h"
#include "session/workload.h"

namespace lf {

class FakeWorkload : public Workload {
 public:
  FakeWorkload() { open_shipped(); }

  void apply(const Command& command) override {
    log_.lines.push_back({0, LogLevel::Command, format_command(command)});
    std::visit([this](const auto& value) { obey(value); }, command.what);
  }

  bool advance() override {
    if (!running_) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(phase_ == Phase::Autoencoder ? 4 : 8));
    one_step();
    return running_;
  }

  void describe(Snapshot& s) override {
    refresh_pictures();
    s = pictures_;
    s.number = ++number_;
    auto run = std::make_shared<RunBlock>(*fake_run(phase_, running_, p_));
    run->from_shipped = shipped_;
    run->can_undo_reset = undo_ != nullptr;
    run->resumable = !running_ && !shipped_ && phase_ != Phase::Done;
    s.run = run;
    s.settings = std::make_shared<SettingsBlock>(settings_);
    s.log = std::make_shared<LogBlock>(log_);
    s.notice = std::make_shared<NoticeBlock>(notice_);
  }

  void report_error(const std::string& what) override {
    ++notice_.errors;
    notice_.error = what;
    log_.lines.push_back({0, LogLevel::Error, what});
  }
  bool finished() const override { return quit_; }

 private:
  template <class T>
  void obey(const T&) {}
  void obey(const TrainCommand&) { begin(); }
  void obey(const PauseCommand&) { running_ = false; }
  void obey(const ResumeCommand&) {
    if (phase_ == Phase::Done) p_.flow_total += 1404, phase_ = Phase::Flow;
    running_ = true;
  }
  void obey(const StepCommand&) {
    if (shipped_) begin();
    running_ = false;
    one_step();
  }
  void obey(const ResetCommand&) {
    undo_ = std::make_unique<FakeProgress>(p_);
    begin();
    running_ = false;
  }
  void obey(const UndoResetCommand&) {
    if (undo_) p_ = *undo_, phase_ = p_.flow_step > 0 ? Phase::Flow : Phase::Autoencoder;
    undo_ = nullptr;
    stale_ = true;
  }
  void obey(const SetCommand& set) {
    settings_.values.set(set.key, set.value);
    const PreviewSettings& preview = settings_.values.preview;
    if (set.key == setting_key(&PreviewSettings::seed)) p_.seed = preview.seed, stale_ = true;
    if (set.key == setting_key(&PreviewSettings::steps)) p_.steps = preview.steps, stale_ = true;
  }
  void obey(const PresetCommand& preset) { settings_.values = Settings(preset.name); }
  void obey(const OpenCommand& open) {
    throw InputError("cannot open " + open.path + ": it is neither a model, a run, a data set nor a picture");
  }
  void obey(const SaveCommand&) {
    ++notice_.saves, notice_.saved = "runs/2026-01-05-fast-s1/model.safetensors";
  }
  void obey(const FigureCommand& to) { ++notice_.saves, notice_.saved = to.file; }
  void obey(const ExportCommand& to) { ++notice_.saves, notice_.saved = to.path; }
  void obey(const QuitCommand&) { quit_ = true; }

  void open_shipped() {
    p_ = {1407, 1407, 1404, 1404, 7, 16};
    phase_ = Phase::Idle;
    shipped_ = true;
  }
  void begin() {
    const int64_t seed = p_.seed, steps = p_.steps;
    p_ = FakeProgress{};
    p_.seed = seed, p_.steps = steps;
    phase_ = Phase::Autoencoder;
    shipped_ = false;
    running_ = true;
    stale_ = true;
  }
  void one_step() {
    if (phase_ == Phase::Autoencoder) p_.autoencoder_step += 3;
    if (p_.autoencoder_step >= p_.autoencoder_total)
      p_.autoencoder_step = p_.autoencoder_total, phase_ = Phase::Flow;
    if (phase_ == Phase::Flow) p_.flow_step += 2;
    if (p_.flow_step >= p_.flow_total) p_.flow_step = p_.flow_total, phase_ = Phase::Done, running_ = false;
  }
  /// Images are renewed only a few times per second, as in the real worker.
  void refresh_pictures() {
    const auto now = std::chrono::steady_clock::now();
    const bool due = running_ && now - pictured_ > std::chrono::milliseconds(400);
    if (!stale_ && !due && was_running_ == running_) return;
    was_running_ = running_;
    stale_ = false;
    pictured_ = now;
    fill_fake(pictures_, p_, ++version_, shipped_ ? "from the bundled run" : "");
    pictures_.runs = fake_runs();
  }

  FakeProgress p_;
  Phase phase_ = Phase::Idle;
  bool running_ = false, shipped_ = true, quit_ = false, stale_ = true, was_running_ = false;
  std::unique_ptr<FakeProgress> undo_;
  SettingsBlock settings_;
  LogBlock log_;
  NoticeBlock notice_;
  Snapshot pictures_;
  uint64_t version_ = 0, number_ = 0;
  std::chrono::steady_clock::time_point pictured_;
};

}  // namespace lf
