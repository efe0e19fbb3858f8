// Likelihood of test digits: Hutchinson's estimate in passes of two probes, and the exact trace of some.
#include "flow/likelihood.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "lab/lab_work.h"
#include "messages/errors.h"
#include "messages/lab_likelihood.h"
#include "models/autoencoder.h"

namespace lf {
namespace {

constexpr int64_t kBatch = 40;      ///< digits of one run of the estimate
constexpr int64_t kExactBatch = 4;  ///< of an exact one, which asks for 128 times as many velocities
constexpr int64_t kExactFirst = 40, kPassProbes = 2, kShown = 24, kDirections = 16;
constexpr int kSteps = 8;  ///< of rk4; RMS 0.0007 bit from forty steps with the shipped model
constexpr uint64_t kProbeSeed = 20;
const double kNan = std::numeric_limits<double>::quiet_NaN();

class Likelihood : public LabWork {
 public:
  explicit Likelihood(const LabInput& input)
      : model_(input.model),
        latents_(input.latents),
        test_(latents_.test()),
        raw_(input.options.raw_weights) {
    found_.labelled = input.options.arguments.on("labels") && model_.net->labelled();
    take(input.options.arguments);
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (!task_) task_ = next_task();
    if (!task_) return false;
    if (!run_)
      begin();
    else if (!run_->done())
      run_->advance();
    else
      finish();
    return task_ || next_task();
  }

  double progress() const override {
    int64_t passes = 0;
    for (const Batch& batch : batches_) passes += std::min(batch.passes, passes_);
    const double evaluated = static_cast<double>(passes * kBatch) * (1 + 2 * kPassProbes),
                 exact = static_cast<double>(exact_done_) * (1 + 2 * kLatentSize);
    const double whole = static_cast<double>(planned_batches() * passes_ * kBatch) * (1 + 2 * kPassProbes) +
                         static_cast<double>(found_.planned_exact) * (1 + 2 * kLatentSize);
    return std::min(1.0, (evaluated + exact) / std::max(1.0, whole));
  }

  bool news() const override { return news_; }
  void publish(LabBlock& block) const override {
    block.likelihood = std::make_shared<const LabLikelihood>(found_);
  }

  /// Noise and guidance do not matter, and more digits or probes are added to those that are known.
  bool retarget(const LabOptions& options) override {
    const bool labelled = options.arguments.on("labels") && model_.net->labelled();
    if (options.raw_weights != raw_ || labelled != found_.labelled) return false;
    take(options.arguments);
    return true;
  }

 private:
  struct Task {
    bool exact;
    int64_t first, count;
  };
  struct Batch {
    int64_t passes = 0;
    at::Tensor nats, variance;  ///< (count) sums over the passes, float64
  };

  void take(const LabArguments& arguments) {
    const int64_t available = test_.pixels.size(0);
    const int64_t wanted = (arguments.integer("digits") + kBatch - 1) / kBatch * kBatch;
    found_.planned = std::min(available, wanted);
    found_.planned_exact = std::min(found_.planned, arguments.integer("exact"));
    passes_ = (arguments.integer("probes") + kPassProbes - 1) / kPassProbes;
    if (batches_.size() < static_cast<size_t>(planned_batches()))
      batches_.resize(static_cast<size_t>(planned_batches()));
  }
  int64_t planned_batches() const { return (found_.planned + kBatch - 1) / kBatch; }

  /// All digits once, some exactly, the other probes, the rest exactly.
  std::optional<Task> next_task() const {
    const int64_t exact_first = std::min(kExactFirst, found_.planned_exact);
    for (int64_t pass = 0; pass < passes_; ++pass) {
      if (pass == 1 && exact_done_ < exact_first) return exact_task();
      for (int64_t b = 0; b < planned_batches(); ++b) {
        if (batches_[static_cast<size_t>(b)].passes <= pass)
          return Task{false, b * kBatch, std::min(kBatch, found_.planned - b * kBatch)};
      }
    }
    if (exact_done_ < found_.planned_exact) return exact_task();
    return std::nullopt;
  }
  Task exact_task() const {
    return {true, exact_done_, std::min(kExactBatch, found_.planned_exact - exact_done_)};
  }

  VelocityField field(const at::Tensor& labels) const {
    const double w = found_.labelled || !model_.net->labelled() ? 1 : 0;
    return model_velocity(model_, labels, w, raw_);
  }

  void begin() {
    if (test_.known() < task_->first + task_->count) {
      test_.fill();
      return;
    }
    const at::Tensor labels = test_.labels.narrow(0, task_->first, task_->count);
    const at::Tensor z =
        latents_.standard_means(test_).narrow(0, task_->first, task_->count).reshape({task_->count, 4, 4, 4});
    const auto pass = static_cast<uint64_t>(batches_[static_cast<size_t>(task_->first / kBatch)].passes);
    const Divergence divergence =
        task_->exact ? exact_divergence(central_difference(field(labels.repeat({kDirections}))), kDirections)
                     : hutchinson_divergence(central_difference(field(labels)), kPassProbes,
                                             kProbeSeed + 1000 * pass + static_cast<uint64_t>(task_->first));
    run_.emplace(z, field(labels), divergence, LikelihoodOptions{"rk4", kSteps});
  }

  void finish() {
    const LogLikelihood found = run_->result();
    if (task_->exact) {
      const at::Tensor bits = bits_per_dimension(found.nats, kLatentSize).to(at::kFloat).contiguous();
      found_.exact.insert(found_.exact.end(), bits.data_ptr<float>(), bits.data_ptr<float>() + task_->count);
      exact_done_ += task_->count;
    } else {
      Batch& batch = batches_[static_cast<size_t>(task_->first / kBatch)];
      const bool fresh = batch.passes++ == 0;
      batch.nats = fresh ? found.nats : batch.nats + found.nats;
      const at::Tensor variance = found.standard_error.square();
      batch.variance = fresh ? variance : batch.variance + variance;
      write(batch);
    }
    summarise();
    news_ = true;
    run_.reset();
    task_.reset();
  }

  /// A batch's digits: the mean of its passes, and the error of that.
  void write(const Batch& batch) {
    const at::Tensor nats = batch.nats / static_cast<double>(batch.passes);
    const at::Tensor bits = bits_per_dimension(nats, kLatentSize).contiguous();
    const at::Tensor error =
        -bits_per_dimension(batch.variance.sqrt() / static_cast<double>(batch.passes), kLatentSize);
    const auto first = static_cast<size_t>(task_->first);
    const size_t end = first + static_cast<size_t>(task_->count);
    if (found_.bits.size() < end)
      found_.bits.resize(end), found_.error.resize(end), found_.labels.resize(end);
    for (int64_t i = 0; i < task_->count; ++i) {
      const size_t at = first + static_cast<size_t>(i);
      found_.bits[at] = static_cast<float>(bits[i].item<double>());
      found_.error[at] = static_cast<float>(error[i].item<double>());
      found_.labels[at] = static_cast<uint8_t>(test_.labels[task_->first + i].item<int64_t>());
    }
    found_.probes = kPassProbes * passes_;
    for (const Batch& one : batches_) {
      if (one.passes > 0) found_.probes = std::min(found_.probes, kPassProbes * one.passes);
    }
  }

  void summarise() {
    std::array<double, 11> n{}, sum{}, square{};  // the last of all digits
    for (size_t i = 0; i < found_.bits.size(); ++i) {
      for (const size_t k : {static_cast<size_t>(found_.labels[i]), size_t{10}}) {
        n[k] += 1, sum[k] += found_.bits[i];
        square[k] += static_cast<double>(found_.bits[i]) * found_.bits[i];
      }
    }
    const auto spread = [&](size_t k) {
      return n[k] < 2 ? kNan : std::sqrt(std::max(0.0, square[k] - sum[k] * sum[k] / n[k]) / (n[k] - 1));
    };
    for (size_t k = 0; k < 10; ++k) {
      found_.mean[k] = n[k] > 0 ? sum[k] / n[k] : kNan;
      found_.spread[k] = spread(k);
      found_.mean_error[k] = spread(k) / std::sqrt(n[k]);
    }
    found_.overall = sum[10] / std::max(1.0, n[10]);
    found_.overall_error = spread(10) / std::sqrt(n[10]);
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
    found_.correlation = (xy - x * y / count) / std::sqrt((xx - x * x / count) * (yy - y * y / count));
  }

  /// The likeliest and the unlikeliest digits with their pictures.
  void pick() {
    std::vector<int64_t> order(found_.bits.size());
    std::iota(order.begin(), order.end(), 0);
    const auto likelier = [&](int64_t a, int64_t b) {
      return found_.bits[static_cast<size_t>(a)] < found_.bits[static_cast<size_t>(b)];
    };
    std::sort(order.begin(), order.end(), likelier);
    const auto n = static_cast<std::ptrdiff_t>(std::min<size_t>(kShown, order.size()));
    found_.most.assign(order.begin(), order.begin() + n);
    found_.least.assign(order.rbegin(), order.rbegin() + n);
    std::vector<int64_t> all = found_.most;
    all.insert(all.end(), found_.least.begin(), found_.least.end());
    const at::Tensor pixels = test_.pixels.index_select(0, at::tensor(all)).contiguous();
    found_.pictures.assign(pixels.data_ptr<uint8_t>(), pixels.data_ptr<uint8_t>() + pixels.numel());
  }

  const Model& model_;
  LatentStore& latents_;
  LatentStore::Split& test_;
  bool raw_;
  int64_t passes_ = 1, exact_done_ = 0;
  std::vector<Batch> batches_;
  std::optional<Task> task_;
  std::optional<LikelihoodRun> run_;
  bool news_ = false;
  LabLikelihood found_;
};

}  // namespace

std::unique_ptr<LabWork> make_likelihood(const LabInput& input) {
  input.latents.require("the likelihood");
  if (input.latents.data().test_pixels.size(0) < 2)
    throw InputError("the likelihood needs two or more test digits");
  return std::make_unique<Likelihood>(input);
}

}  // namespace lf
