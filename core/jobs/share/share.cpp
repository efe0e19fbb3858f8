// `share`: one HTML page of a run, with its network.
#include <nlohmann/json.hpp>

#include "base/classes.h"
#include "base/errors.h"
#include "base/output_name.h"
#include "base/paths.h"
#include "base/time_text.h"
#include "data/batches.h"
#include "files/atomic_write.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "jobs/job.h"
#include "jobs/share/gather.h"
#include "run/folder.h"
#include "run/marks.h"
#include "share/page.h"

namespace lf::jobs {
namespace {

constexpr int64_t kSharedDigits = 10;

std::unique_ptr<compare::Subject> subject_of(const std::string& path) {
  if (is_folder(path) && !run::is_run_folder(path))
    throw InputError("share: " + path +
                     " holds no run (no model and no checkpoint); name a run folder or a model");
  return std::make_unique<compare::Subject>(compare::open_subject(path));
}

class ShareJob : public SlicedJob {
 public:
  explicit ShareJob(ShareCommand command) : command_(std::move(command)) {}

  std::string name() const override { return "writing a page of the run"; }
  double progress() const override {
    if (!gathered_) return 0;
    const auto all = static_cast<double>(marks_.steps().size() + 1);
    return 0.1 + 0.85 * (static_cast<double>(done_) + (sampler_ ? sampler_->progress() : 0)) / all;
  }

  /// Reads the run, samples its ten digits, then those of every mark.
  bool advance() override {
    if (!subject_) {
      subject_ = subject_of(command_.run);
      return true;
    }
    if (!gathered_) {
      gather();
      return true;
    }
    if (!sampler_) {
      begin_sampling();
      return true;
    }
    if (sampler_->advance()) return true;
    keep_samples();
    return done_ <= marks_.steps().size();
  }

  JobResult finish() override {
    if (!lapse_.steps.empty()) content_.time_lapse = std::move(lapse_);
    const std::string page = share::page_html(content_);
    files::write_file_atomically(command_.out, page);
    JobResult result;
    result.verb = "share";
    result.paths = {command_.out};
    result.text = "wrote " + command_.out + ", " + megabytes(page.size());
    result.table = {result.text};
    if (!content_.network) notes_.push_back(content_.no_network);
    const nlohmann::ordered_json line{{"event", "done"},
                                      {"path", command_.out},
                                      {"bytes", page.size()},
                                      {"network", content_.network.has_value()},
                                      {"notes", notes_}};
    result.json = {line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
    for (const std::string& note : notes_) result.table.push_back("note: " + note);
    return result;
  }

 private:
  static std::string megabytes(size_t bytes) {
    return with_thousands(static_cast<int64_t>((bytes + 999) / 1000)) + " kB";
  }

  void gather() {
    gathered_ = true;
    content_ = gather_share(*subject_, command_.seed, notes_);
    // The page computes in float32, and is compared with this.
    subject_->model->settings.set(setting_key(&GeneralSettings::arithmetic), "float32");
    if (!subject_->run_folder.empty()) marks_ = run::Marks(subject_->run_folder);
    content_.no_time_lapse =
        subject_->run_folder.empty()
            ? "There is no time-lapse: this is a model without its run, which holds the marks."
            : "There is no time-lapse: the run kept no marks of its training (setting marks).";
    if (marks_.steps().size() > 1) return;
    marks_ = run::Marks();
  }

  /// First the present weights, then those of the marks, from the same noise.
  void begin_sampling() {
    const inference::Model& model = *subject_->model;
    if (done_ > 0) {
      at_mark_ = marks_.load(marks_.steps()[done_ - 1], model);
      at_mark_->settings.set(setting_key(&GeneralSettings::arithmetic), "float32");
    }
    const at::Tensor labels = content_.labelled ? inference::cycled_labels(0, kSharedDigits, -1)
                                                : at::full({kSharedDigits}, kNoClass, at::kLong);
    const inference::SampleOptions options{content_.solver, content_.steps, 1};
    sampler_ = std::make_unique<inference::BatchSampler>(
        done_ > 0 ? *at_mark_ : model, labels, options,
        inference::latent_noise(command_.seed, Purpose::Sample, 0, kSharedDigits));
    if (done_ > 0) return;
    for (int64_t i = 0; i < kSharedDigits; ++i)
      content_.labels.push_back(static_cast<uint8_t>(labels[i].item<int64_t>()));
  }

  void keep_samples() {
    const ImageSheet images = data::image_sheet(sampler_->pixels());
    sampler_.reset();
    if (done_ == 0) {
      content_.samples = images;
    } else {
      lapse_.steps.push_back(marks_.steps()[done_ - 1]);
      lapse_.digits = kSharedDigits;
      lapse_.images.append(images);
    }
    ++done_;
  }

  ShareCommand command_;
  std::unique_ptr<compare::Subject> subject_;
  share::ShareContent content_;
  std::vector<std::string> notes_;
  bool gathered_ = false;
  run::Marks marks_;
  share::TimeLapse lapse_;
  std::unique_ptr<inference::Model> at_mark_;
  std::unique_ptr<inference::BatchSampler> sampler_;
  size_t done_ = 0;  ///< samplings complete: of the model, then of each mark
};

}  // namespace

std::unique_ptr<SlicedJob> make_share_job(const ShareCommand& command) {
  require_ending("share: --out", command.out, {".html"});
  return std::make_unique<ShareJob>(command);
}

}  // namespace lf::jobs
