#include "cli/progress.h"

#include <unistd.h>

#include <cmath>

#include "base/printed.h"
#include "base/time_text.h"

namespace lf::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// Parts joined by " · ", empty ones omitted.
class Parts {
 public:
  void add(const std::string& part) {
    if (!part.empty()) text_ += (text_.empty() ? "" : " · ") + part;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string loss_text(double loss) { return printed("loss %.4g", loss); }

std::string left_text(double seconds_left) {
  return seconds_left >= 0 ? spoken_duration(seconds_left) + " left" : "";
}

std::string run_text(const RunBlock& run) {
  Parts parts;
  const bool training = run.phase == Phase::Autoencoder || run.phase == Phase::Flow;
  std::string head = training || run.message.empty() ? phase_name(run.phase) : run.message;
  if (training && run.step_total > 0) {
    head += " " + std::to_string(run.step) + "/" + std::to_string(run.step_total);
  } else if (training) {
    head += " " + std::to_string(run.step);
  }
  parts.add(head);
  if (training && run.step > 0) parts.add(loss_text(run.loss));
  if (training && run.digits_per_second > 0) parts.add(count_text(run.digits_per_second) + " digits/s");
  if (run.seconds > 0) parts.add(spoken_duration(run.seconds));
  if (run.running) parts.add(left_text(run.seconds_left));
  return parts.text();
}

std::string job_text(const JobBlock& job) {
  Parts parts;
  parts.add(job.name);
  parts.add(printed("%.0f %%", 100 * job.progress));
  parts.add(left_text(job.seconds_left));
  return parts.text();
}

/// The current activity, without numbers: a change is printed at once.
std::string stage_of(const Snapshot& snapshot) {
  return snapshot.job->active ? snapshot.job->name
                              : std::string(phase_name(snapshot.run->phase)) + snapshot.run->message;
}

class LineProgress : public Progress {
 public:
  LineProgress(std::ostream& out, bool news) : out_(out), with_news_(news) {}

  void show(const Snapshot& snapshot) override {
    if (with_news_) show_news(snapshot);
    const auto stage = stage_of(snapshot);
    if (stage == stage_ && Clock::now() < next_) return;
    stage_ = stage;
    next_ = Clock::now() + std::chrono::seconds(1);
    out_ << progress_text(snapshot) << std::endl;
  }

 private:
  void show_news(const Snapshot& snapshot) {
    for (auto news = news_.next(snapshot); !news.empty(); news = news_.next(snapshot))
      out_ << news << std::endl;
  }

  std::ostream& out_;
  bool with_news_;
  Announcements news_;
  std::string stage_;
  Clock::time_point next_{};
};

class Silence : public Progress {
 public:
  void show(const Snapshot&) override {}
};

}  // namespace

std::string Announcements::next(const Snapshot& snapshot) {
  const auto& all = snapshot.run->announcements;
  return seen_ < all.size() ? all[seen_++] : "";
}

std::string progress_text(const Snapshot& snapshot) {
  return snapshot.job->active ? job_text(*snapshot.job) : run_text(*snapshot.run);
}

double progress_share(const Snapshot& snapshot) {
  const double share = snapshot.job->active ? snapshot.job->progress : snapshot.run->progress;
  return std::isfinite(share) ? std::min(1.0, std::max(0.0, share)) : 0.0;
}

std::unique_ptr<Progress> make_silence() { return std::make_unique<Silence>(); }

std::unique_ptr<Progress> make_lines(std::ostream& out, bool news) {
  return std::make_unique<LineProgress>(out, news);
}

std::unique_ptr<Progress> make_progress(std::ostream& out, bool terminal) {
  return terminal ? make_bar(out, [] { return bar_columns(STDERR_FILENO); }) : make_lines(out);
}

}  // namespace lf::cli
