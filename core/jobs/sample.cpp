// `sample`: generates digits as an image, an array or an animation.
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "base/classes.h"
#include "base/distinct_files.h"
#include "base/errors.h"
#include "base/image_sheet.h"
#include "base/output_name.h"
#include "data/batches.h"
#include "figures/figures.h"
#include "files/animation/animation_file.h"
#include "files/tensors/npy.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "jobs/animation.h"
#include "jobs/job.h"
#include "preview/sample_trajectory.h"
#include "protocol/command_limits.h"

namespace lf::jobs {
namespace {

constexpr int64_t kAnimatedSteps = 24;

std::string extension(const std::string& path) { return std::filesystem::path(path).extension().string(); }

void check(const SampleCommand& c) {
  const auto ext = extension(c.out);
  require_ending("sample: --out", c.out, with_animations({".png", ".npy"}));
  files::require_animation("sample: --out", c.out);
  const int64_t most = is_animation(c.out) ? kMostGifSamples : kMostSamples;
  if (c.count < 1 || c.count > most) {
    throw InputError("sample: --count " + std::to_string(c.count) + " is out of range; give 1 to " +
                     std::to_string(most) + " for " + ext);
  }
  if (!c.labels.empty()) require_ending("sample: --labels", c.labels, {".npy"});
  require_distinct_files({{"--out", c.out}, {"--labels", c.labels}, {"--trajectory", c.trajectory}});
  if (c.trajectory.empty()) return;
  require_no_run_file("sample: --trajectory", c.trajectory);
  if (extension(c.trajectory) != ".csv")
    throw InputError("sample: --trajectory " + c.trajectory + " must end in .csv");
  if (c.count > preview::kMostTrajectories)
    throw InputError("sample: --trajectory holds at most " + std::to_string(preview::kMostTrajectories) +
                     " digits; give a smaller --count");
}

/// Generates samples batch by batch; batch i has its own noise, so digit i does not depend on the
/// number of samples.
class SampleJob : public SlicedJob {
 public:
  SampleJob(const inference::Model& model, const SampleCommand& command)
      : model_(model),
        command_(command),
        options_(inference::sample_options(model.settings, command.solver, command.nfe, command.guidance)),
        batch_(inference::sample_batch(model)),
        images_(ImageSheet::black(static_cast<size_t>(command.count))),
        labels_(model.net->labelled() ? inference::cycled_labels(0, command.count, command.digit)
                                      : at::full({command.count}, kNoClass, at::kLong)) {}

  std::string name() const override { return "generating " + std::to_string(command_.count) + " samples"; }
  double progress() const override {
    const auto batch = static_cast<double>(std::min(batch_, command_.count - done_));
    const double drawn = static_cast<double>(done_) + (sampler_ ? batch * sampler_->progress() : 0);
    return drawn / static_cast<double>(command_.count);
  }

  bool advance() override {
    const int64_t n = std::min(batch_, command_.count - done_);
    if (!sampler_) {
      sampler_ = std::make_unique<inference::BatchSampler>(model_, labels_.narrow(0, done_, n), options_,
                                                           noise(done_, n));
    }
    if (sampler_->advance()) return true;
    std::memcpy(images_.image_data(static_cast<size_t>(done_)), sampler_->pixels().data_ptr(),
                sampler_->pixels().nbytes());
    if (!command_.trajectory.empty())
      trajectories_.add(sampler_->trajectory(), labels_.narrow(0, done_, n), done_);
    sampler_.reset();
    done_ += n;
    return done_ < command_.count;
  }

  JobResult finish() override {
    if (extension(command_.out) == ".npy") {
      files::write_npy(command_.out, images_);
    } else {
      figures::write_sample_grid(command_.out, images_, label_bytes(), command_.columns);
    }
    return with_labels("wrote " + std::to_string(command_.count) + " samples to " + command_.out);
  }

 protected:
  /// Of the batch that begins at digit `first`.
  at::Tensor noise(int64_t first, int64_t count) const {
    return inference::latent_noise(command_.seed, Purpose::Sample, static_cast<uint64_t>(first / batch_),
                                   count);
  }

  std::vector<uint8_t> label_bytes() const {
    const at::Tensor bytes = labels_.to(at::kByte).contiguous();
    return {bytes.data_ptr<uint8_t>(), bytes.data_ptr<uint8_t>() + bytes.numel()};
  }

  JobResult with_labels(const std::string& text) const {
    JobResult result;
    result.verb = "sample";
    result.text = text;
    result.paths = {command_.out};
    if (!command_.labels.empty()) {
      const at::Tensor plain = labels_.contiguous();
      files::write_npy(
          command_.labels, {command_.count},
          std::vector<int64_t>(plain.data_ptr<int64_t>(), plain.data_ptr<int64_t>() + plain.numel()));
      result.paths.push_back(command_.labels);
    }
    if (!command_.trajectory.empty()) {
      trajectories_.write(command_.trajectory);
      result.paths.push_back(command_.trajectory);
    }
    return result;
  }

  const inference::Model& model_;
  SampleCommand command_;
  inference::SampleOptions options_;
  int64_t batch_;
  std::unique_ptr<inference::BatchSampler> sampler_;
  ImageSheet images_;
  at::Tensor labels_;
  preview::TrajectoryTable trajectories_;
  int64_t done_ = 0;
};

/// The trajectory from noise to digit, one frame per ODE step.
class AnimationJob : public SampleJob {
 public:
  AnimationJob(const inference::Model& model, const SampleCommand& command)
      : SampleJob(model, command),
        field_(inference::model_velocity(model, labels_, command.guidance)),
        integration_(all_noise(), frames(options_, command)) {}

  std::string name() const override { return animation_ ? writing_words(command_.out) : SampleJob::name(); }
  double progress() const override {
    const double sampled = integration_.done() ? 1 : integration_.wanted_t();
    return with_writing(sampled, animation_.get());
  }

  bool advance() override {
    if (animation_) return animation_->advance();
    if (!integration_.done())
      integration_.supply(field_(integration_.wanted_x(), integration_.wanted_t()));
    else
      begin_writing();
    return true;
  }

  JobResult finish() override {
    if (!command_.trajectory.empty()) trajectories_.add(integration_.trajectory(), labels_, 0);
    return with_labels("wrote the flow of " + std::to_string(command_.count) + " digits to " + command_.out);
  }

 private:
  /// Without --nfe the animation uses enough steps to look smooth.
  static flow::IntegrateOptions frames(inference::SampleOptions options, const SampleCommand& command) {
    if (command.nfe <= 0) options.steps = kAnimatedSteps;
    return inference::integrate_options(options);
  }
  void begin_writing() {
    const flow::Trajectory& path = integration_.trajectory();
    ImageSheet images;
    for (const auto& x : path.x) images.append(data::image_sheet(inference::decode_pixels(model_, x)));
    animation_ = std::make_unique<figures::Animation>(
        command_.out, figures::flow_frames({path.t.begin(), path.t.end()}, std::move(images), label_bytes()));
  }
  at::Tensor all_noise() const {
    at::NoGradGuard no_grad;
    std::vector<at::Tensor> blocks;
    for (int64_t first = 0; first < command_.count; first += batch_) {
      blocks.push_back(SampleJob::noise(first, std::min(batch_, command_.count - first)));
    }
    return at::cat(blocks);
  }

  flow::VelocityField field_;
  flow::Integration integration_;
  std::unique_ptr<figures::Animation> animation_;  ///< once all states are known
};

}  // namespace

std::unique_ptr<SlicedJob> make_sample_job(const inference::Model& model, const SampleCommand& command) {
  check(command);
  if (!command.labels.empty() && !model.net->labelled())
    throw InputError("sample: --labels " + command.labels +
                     ": this model was trained without labels; leave --labels out");
  if (is_animation(command.out)) return std::make_unique<AnimationJob>(model, command);
  return std::make_unique<SampleJob>(model, command);
}

}  // namespace lf::jobs
