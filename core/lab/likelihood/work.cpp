// Likelihood of test digits: Hutchinson's estimate in passes of two probes, and the exact trace of some.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/classes.h"
#include "base/errors.h"
#include "data/batches.h"
#include "inference/likelihood_summary.h"
#include "lab/likelihood/pass.h"
#include "lab/likelihood/result.h"
#include "lab/plain_values.h"
#include "models/autoencoder.h"

namespace lf::lab {
namespace {

constexpr int64_t kBatch = inference::kEstimatedAtOnce;
constexpr int64_t kExactFirst = 40, kLikelihoodShown = 24;

class Likelihood : public LabWork {
 public:
  explicit Likelihood(const LabInput& input)
      : model_(input.model),
        test_(input.latents.test()),
        raw_(input.options.raw_weights),
        labelled_(input.options.arguments.on("labels") && model_.net->labelled()),
        scene_{model_, input.latents, test_, {labelled_, raw_}} {
    found_.labelled = labelled_;
    take(input.options.arguments);
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (!pass_ && !begin_pass()) return false;
    if (pass_->advance()) return true;
    finish(pass_->result());
    return next_task().has_value();
  }

  double progress() const override {
    int64_t passes = 0;
    for (const inference::MeanLikelihood& batch : batches_) passes += std::min(batch.passes(), passes_);
    const double evaluated = static_cast<double>(passes * kBatch) * (1 + 2 * inference::kPassProbes),
                 exact = static_cast<double>(exact_done_) * (1 + 2 * models::kLatentSize);
    const double whole =
        static_cast<double>(planned_batches() * passes_ * kBatch) * (1 + 2 * inference::kPassProbes) +
        static_cast<double>(found_.planned_exact) * (1 + 2 * models::kLatentSize);
    return std::min(1.0, (evaluated + exact) / std::max(1.0, whole));
  }

  bool news() const override { return news_; }
  void publish(LabBlock& block) const override {
    block.result = std::make_shared<const LabLikelihood>(found_);
  }

  /// Noise and guidance do not matter, and further digits or probes are added to the existing ones.
  bool retarget(const LabOptions& options) override {
    const bool labelled = options.arguments.on("labels") && model_.net->labelled();
    if (options.raw_weights != raw_ || labelled != found_.labelled) return false;
    take(options.arguments);
    return true;
  }

 private:
  void take(const LabArguments& arguments) {
    const int64_t available = test_.pixels.size(0);
    const int64_t wanted = (arguments.integer("digits") + kBatch - 1) / kBatch * kBatch;
    found_.planned = std::min(available, wanted);
    found_.planned_exact = std::min(found_.planned, arguments.integer("exact"));
    passes_ = (arguments.integer("probes") + inference::kPassProbes - 1) / inference::kPassProbes;
    if (batches_.size() < static_cast<size_t>(planned_batches()))
      batches_.resize(static_cast<size_t>(planned_batches()));
  }
  int64_t planned_batches() const { return (found_.planned + kBatch - 1) / kBatch; }

  /// All digits once, some exactly, the other probes, the rest exactly.
  std::optional<LikelihoodTask> next_task() const {
    const int64_t exact_first = std::min(kExactFirst, found_.planned_exact);
    for (int64_t pass = 0; pass < passes_; ++pass) {
      if (pass == 1 && exact_done_ < exact_first) return exact_task();
      for (int64_t b = 0; b < planned_batches(); ++b) {
        if (batches_[static_cast<size_t>(b)].passes() <= pass)
          return LikelihoodTask{false, b * kBatch, std::min(kBatch, found_.planned - b * kBatch)};
      }
    }
    if (exact_done_ < found_.planned_exact) return exact_task();
    return std::nullopt;
  }
  LikelihoodTask exact_task() const {
    return {true, exact_done_, std::min(inference::kExactAtOnce, found_.planned_exact - exact_done_)};
  }

  bool begin_pass() {
    const auto task = next_task();
    if (task) pass_.emplace(scene_, *task, task->exact ? 0 : batch_of(*task).passes());
    return task.has_value();
  }

  void finish(const flow::LogLikelihood& found) {
    const LikelihoodTask task = pass_->task();
    pass_.reset();
    if (task.exact) {
      append(found_.exact, flow::bits_per_dimension(found.nats, models::kLatentSize));
      exact_done_ += task.count;
    } else {
      batch_of(task).add(found);
      write(task);
    }
    summarise();
    news_ = true;
  }

  inference::MeanLikelihood& batch_of(const LikelihoodTask& task) {
    return batches_[static_cast<size_t>(task.first / kBatch)];
  }

  /// A batch's digits: the mean of its passes and its error.
  void write(const LikelihoodTask& task) {
    write_rows({found_.labels, found_.bits, found_.error}, batch_of(task), test_.labels, task.first,
               task.count);
    found_.probes = inference::kPassProbes * passes_;
    for (const inference::MeanLikelihood& one : batches_) {
      if (one.passes() > 0) found_.probes = std::min(found_.probes, inference::kPassProbes * one.passes());
    }
  }

  void summarise() {
    const inference::LikelihoodSummary summary = inference::summarise_likelihood(found_.bits, found_.labels);
    for (size_t k = 0; k < kClasses; ++k) {
      found_.mean[k] = summary.digits[k].mean;
      found_.spread[k] = summary.digits[k].spread;
      found_.mean_error[k] = summary.digits[k].error;
    }
    found_.overall = summary.all.mean;
    found_.overall_error = summary.all.error;
    compare();
    pick();
  }

  void compare() {
    const size_t n = std::min(found_.exact.size(), found_.bits.size());
    if (n < 2) return;
    double x = 0, y = 0, xx = 0, yy = 0, xy = 0, dd = 0;
    for (size_t i = 0; i < n; ++i) {
      const double a = found_.bits[i], b = found_.exact[i];
      x += a, y += b, xx += a * a, yy += b * b, xy += a * b, dd += (a - b) * (a - b);
    }
    const auto count = static_cast<double>(n);
    found_.bias = (x - y) / count;
    found_.rms = std::sqrt(dd / count);
    // Equal digits have no variance, and numbers without variance have no correlation.
    const double spread = (xx - x * x / count) * (yy - y * y / count);
    if (spread > 0) found_.correlation = (xy - x * y / count) / std::sqrt(spread);
  }

  /// The likeliest and least likely digits with their images.
  void pick() {
    const std::vector<int64_t> order = inference::likeliest_first(found_.bits);
    const auto n = static_cast<std::ptrdiff_t>(std::min<size_t>(kLikelihoodShown, order.size()));
    found_.most.assign(order.begin(), order.begin() + n);
    found_.least.assign(order.rbegin(), order.rbegin() + n);
    std::vector<int64_t> all = found_.most;
    all.insert(all.end(), found_.least.begin(), found_.least.end());
    found_.pictures = data::image_sheet(test_.pixels.index_select(0, at::tensor(all)));
  }

  const inference::Model& model_;
  LatentStore::Split& test_;
  bool raw_, labelled_;
  LikelihoodScene scene_;
  std::optional<LikelihoodPass> pass_;
  int64_t passes_ = 1, exact_done_ = 0;
  std::vector<inference::MeanLikelihood> batches_;
  bool news_ = false;
  LabLikelihood found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_likelihood(const LabInput& input) {
  input.latents.require("the likelihood");
  if (input.latents.data().test_pixels.size(0) < 2)
    throw InputError("the likelihood needs two or more test digits");
  return std::make_unique<Likelihood>(input);
}

}  // namespace lf::lab
