// `likelihood`: measures test digits exactly as the lab tool does.
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/distinct_files.h"
#include "base/errors.h"
#include "files/atomic_write.h"
#include "inference/sampling.h"
#include "jobs/job.h"
#include "jobs/likelihood_report.h"
#include "lab/likelihood/pass.h"

namespace lf::jobs {
namespace {

/// The defaults of the lab tool.
constexpr int64_t kDigits = 400, kExactDigits = 200, kProbes = 4;

inference::LatentDensity density_of(const LikelihoodCommand& command,
                                    const inference::SampleOptions& options) {
  inference::LatentDensity density;
  density.labelled = !command.unlabelled;
  density.seed = command.seed;
  density.solver = {options.solver, static_cast<int>(options.steps)};
  return density;
}

/// Measures the digits in the batches of the lab tool, so that both get the same numbers.
class LikelihoodJob : public SlicedJob {
 public:
  LikelihoodJob(const inference::Model& model, const data::DataTensors& data, const std::string& data_name,
                const LikelihoodCommand& command)
      : model_(inference::frozen_copy(model)),
        data_(data),
        split_(split_of(command.split)),
        command_(command),
        options_(inference::inverse_options(command.solver, command.steps, inference::kLikelihoodSteps)),
        scene_{*model_, latents_, split_, density_of(command, options_)},
        passes_(command.exact ? 1 : (command.probes + inference::kPassProbes - 1) / inference::kPassProbes) {
    found_.split = command.split;
    found_.data_name = data_name;
    found_.labelled = scene_.density.labelled && model_->net->labelled();
    found_.probes = command.exact ? 0 : passes_ * inference::kPassProbes;
    found_.solver = options_.solver;
    found_.steps = flow::solver_from_name(options_.solver).adaptive ? 0 : options_.steps;
  }

  std::string name() const override { return "likelihood of " + std::to_string(command_.digits) + " digits"; }

  double progress() const override {
    const double pass = static_cast<double>(mean_.passes()) + (pass_ ? pass_->progress() : 0);
    const double batch = static_cast<double>(count()) * pass / static_cast<double>(passes_);
    return std::min(1.0, (static_cast<double>(first_) + batch) / static_cast<double>(command_.digits));
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    if (!pass_) pass_.emplace(scene_, lab::LikelihoodTask{command_.exact, first_, count()}, mean_.passes());
    if (pass_->advance()) return true;
    mean_.add(pass_->result());
    pass_.reset();
    if (mean_.passes() == passes_) finish_batch();
    return first_ < command_.digits;
  }

  JobResult finish() override {
    if (!command_.out.empty()) {
      files::write_file_atomically(command_.out, report_csv(found_));
      found_.paths = {command_.out};
    }
    JobResult result;
    result.verb = "likelihood";
    result.table = report_table(found_);
    result.text = result.table[0] + ": " + result.table[1];
    result.json = report_json(found_);
    result.paths = found_.paths;
    return result;
  }

 private:
  /// Digits of the current batch. A batch of the estimate is always complete, however many digits
  /// are requested.
  int64_t count() const {
    return command_.exact ? std::min(inference::kExactAtOnce, command_.digits - first_)
                          : std::min(inference::kEstimatedAtOnce, split_.pixels.size(0) - first_);
  }

  lab::LatentStore::Split& split_of(const std::string& name) {
    latents_.set_data(&data_);
    latents_.follow(*model_, 1);
    return name == "test" ? latents_.test() : latents_.train();
  }

  void finish_batch() {
    const int64_t wanted = std::min(count(), command_.digits - first_);
    lab::write_rows({found_.labels, found_.bits, found_.error, &found_.nats}, mean_, split_.labels, first_,
                    wanted);
    first_ += wanted;
    mean_ = {};
  }

  std::unique_ptr<inference::Model> model_;
  data::DataTensors data_;
  lab::LatentStore latents_;
  lab::LatentStore::Split& split_;
  LikelihoodCommand command_;
  inference::SampleOptions options_;
  lab::LikelihoodScene scene_;
  std::optional<lab::LikelihoodPass> pass_;
  int64_t passes_, first_ = 0;
  inference::MeanLikelihood mean_;
  LikelihoodReport found_;
};

void check(const LikelihoodCommand& c, int64_t available) {
  if (c.split != "test" && c.split != "train")
    throw InputError("likelihood: unknown split '" + c.split + "'; known are test, train");
  if (c.exact && c.probes > 0)
    throw InputError("likelihood: --exact needs no probes; leave out --exact or --probes");
  if (!c.out.empty() && std::filesystem::path(c.out).extension() != ".csv")
    throw InputError("likelihood: --out " + c.out + " must end in .csv");
  if (!c.out.empty()) require_no_run_file("likelihood: --out", c.out);
  if (c.digits > available) {
    throw InputError("likelihood: --digits " + std::to_string(c.digits) + " is out of range; give 1 to " +
                     std::to_string(available) + ", as many as the " + c.split + " split has");
  }
}

}  // namespace

std::unique_ptr<SlicedJob> make_likelihood_job(const inference::Model& model, const data::DataTensors& data,
                                               const std::string& data_name,
                                               const LikelihoodCommand& command) {
  const bool test = command.split == "test";
  const at::Tensor& pixels = test ? data.test_pixels : data.train_pixels;
  if (!pixels.defined())
    throw InputError("likelihood needs real digits, and no data set is available; name one with --data");
  check(command, pixels.size(0));
  LikelihoodCommand whole = command;
  if (whole.digits <= 0) whole.digits = std::min(pixels.size(0), whole.exact ? kExactDigits : kDigits);
  if (whole.probes <= 0) whole.probes = kProbes;
  return std::make_unique<LikelihoodJob>(model, data, data_name, whole);
}

}  // namespace lf::jobs
