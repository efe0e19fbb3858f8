// `time-lapse`: the same noise after every mark of a run.
#include <algorithm>
#include <cstring>
#include <filesystem>

#include "base/classes.h"
#include "base/errors.h"
#include "base/image_sheet.h"
#include "base/output_name.h"
#include "base/time_text.h"
#include "data/batches.h"
#include "figures/figures.h"
#include "figures/print/save.h"
#include "files/animation/animation_file.h"
#include "files/tensors/npy.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "jobs/animation.h"
#include "run/marks.h"

namespace lf::jobs {
namespace {

std::string ending_of(const std::string& path) { return std::filesystem::path(path).extension().string(); }

class TimeLapseJob : public SlicedJob {
 public:
  TimeLapseJob(const inference::Model& model, run::Marks marks, const TimeLapseCommand& command)
      : model_(model),
        marks_(std::move(marks)),
        command_(command),
        options_(inference::sample_options(model.settings, command.solver, command.nfe, command.guidance)),
        noise_(inference::preview_noise(static_cast<int64_t>(command.seed), command.count)),
        labels_(model.net->labelled() ? inference::cycled_labels(0, command.count, command.digit)
                                      : at::full({command.count}, kNoClass, at::kLong)) {}

  std::string name() const override {
    if (animation_) return writing_words(command_.out);
    return "sampling " + std::to_string(marks_.steps().size()) + " marks of the run";
  }
  double progress() const override {
    const double part = sampler_ ? sampler_->progress() : 0;
    const double sampled = (static_cast<double>(done_) + part) / static_cast<double>(marks_.steps().size());
    return is_animation(command_.out) ? with_writing(sampled, animation_.get()) : sampled;
  }

  bool advance() override {
    if (animation_) return animation_->advance();
    if (!sampler_) {
      at_mark_ = marks_.load(marks_.steps()[done_], model_);
      sampler_ = std::make_unique<inference::BatchSampler>(*at_mark_, labels_, options_, noise_);
      return true;
    }
    if (sampler_->advance()) return true;
    images_.append(data::image_sheet(sampler_->pixels()));
    sampler_.reset();
    if (++done_ < marks_.steps().size()) return true;
    if (!is_animation(command_.out)) return false;
    animation_ = std::make_unique<figures::Animation>(
        command_.out, figures::training_frames(marks_.steps(), images_, label_bytes()));
    return true;
  }

  JobResult finish() override {
    const std::string ending = ending_of(command_.out);
    const std::vector<int64_t>& steps = marks_.steps();
    if (ending == ".npy") {
      files::write_npy(command_.out, images_);
    } else if (!animation_) {
      figures::write_training_strip(command_.out, steps, images_, label_bytes(), remark(),
                                    figures::print_form(command_));
    }
    JobResult result;
    result.verb = "time-lapse";
    result.paths = {command_.out};
    result.text = "wrote " + std::to_string(steps.size()) + " steps of training, from " +
                  with_thousands(steps.front()) + " to " + with_thousands(steps.back()) + ", to " +
                  command_.out;
    return result;
  }

 private:
  std::vector<uint8_t> label_bytes() const {
    const at::Tensor bytes = labels_.to(at::kByte).contiguous();
    return {bytes.data_ptr<uint8_t>(), bytes.data_ptr<uint8_t>() + bytes.numel()};
  }
  std::string remark() const {
    return model_.data_name + " · " + options_.solver + " · noise seed " + std::to_string(command_.seed);
  }

  const inference::Model& model_;
  run::Marks marks_;
  TimeLapseCommand command_;
  inference::SampleOptions options_;
  at::Tensor noise_, labels_;
  std::unique_ptr<inference::Model> at_mark_;
  std::unique_ptr<inference::BatchSampler> sampler_;
  ImageSheet images_;                              ///< (marks, count)
  std::unique_ptr<figures::Animation> animation_;  ///< once all digits are known
  size_t done_ = 0;
};

}  // namespace

std::unique_ptr<SlicedJob> make_time_lapse_job(const inference::Model& model, const run::Marks& marks,
                                               const TimeLapseCommand& command) {
  const std::string ending = ending_of(command.out);
  require_ending("time-lapse: --out", command.out, with_animations({".png", ".svg", ".pdf", ".csv", ".npy"}));
  files::require_animation("time-lapse: --out", command.out);
  if (!is_animation(command.out) && ending != ".npy")
    figures::check_figure_file("time-lapse: --out", command.out);
  if (command.height > 0) throw InputError("time-lapse: the height of the figure follows from its width");
  if (marks.steps().empty())
    throw InputError(
        "time-lapse: the model has no marks; name the folder of a run that kept some (setting marks)");
  inference::require_labels(model, command.guidance, command.digit, "time-lapse");
  return std::make_unique<TimeLapseJob>(model, marks, command);
}

}  // namespace lf::jobs
