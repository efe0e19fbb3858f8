// `bench`: measures one row after the other. The rows here train and sample; bench_rows.h has the
// others.
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>

#include "base/errors.h"
#include "base/image_shape.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "jobs/bench_rows.h"
#include "jobs/job.h"
#include "metrics/evaluator.h"
#include "run/trainer_options.h"

namespace lf::jobs {
namespace {

/// Backward costs twice as much as forward.
double flow_step_gflop(const inference::Model& model) {
  return 1e-9 * 3 * model.net->flop_per_digit() * static_cast<double>(model.settings.flow.batch);
}

class BenchJob : public SlicedJob {
 public:
  BenchJob(const Settings& settings, const at::Tensor& pixels, std::shared_ptr<const metrics::Judge> judge,
           const BenchCommand& command)
      : model_(inference::make_model(settings)), judge_(std::move(judge)) {
    const int64_t count = std::min<int64_t>(pixels.size(0), 8192);
    pixels_ = pixels.narrow(0, 0, count);
    encoded_ = std::min<int64_t>(encoded_, count);
    add_all();
    if (!command.names.empty()) keep(command.names);
  }

  std::string name() const override {
    return "measuring " + (next_ < rows_.size() ? rows_[next_].name : "speed");
  }
  double progress() const override { return static_cast<double>(next_) / static_cast<double>(rows_.size()); }

  bool advance() override {
    const BenchMeasurement& row = rows_[next_];
    const auto start = std::chrono::steady_clock::now();
    row.run();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    if (warmed_up_++ >= row.warm_up) times_.push_back(took.count());
    if (times_.size() >= row.runs) close_row(row);
    return next_ < rows_.size();
  }

  JobResult finish() override {
    JobResult result;
    result.verb = "bench";
    result.text = "measured " + std::to_string(done_.size()) + " parts";
    for (const auto& row : done_) {
      result.table.push_back(bench_line(row));
      result.json.push_back(bench_json(row));
    }
    return result;
  }

 private:
  void add_all() {
    rows_.push_back(product_yardstick());
    rows_.push_back(large_product_yardstick());
    rows_.push_back(memory_yardstick());
    rows_.push_back(bfloat_yardstick());
    add_training();
    add_sampling();
    if (judge_) add_evaluator();
    // The preset's arithmetic, unless bfloat16 is requested by name.
    const bool rounds = model_->settings.general.arithmetic == "bfloat16";
    rows_.push_back(original_step(rounds ? kernels::Arithmetic::BFloat16 : kernels::Arithmetic::Float32));
  }

  void add_training() {
    autoencoder_ = std::make_unique<training::AutoencoderTrainer>(
        *model_->own_autoencoder(), pixels_, run::autoencoder_options(model_->settings, pixels_.size(0)));
    rows_.push_back({"autoencoder-step", 0, 20, [this] {
                       while (!autoencoder_->advance_step()) {
                       }
                     }});
    rows_.push_back({"latent-cache", 0, 10, [this] {
                       training::LatentCache cache(*model_->autoencoder, pixels_.narrow(0, 0, encoded_));
                       complete(cache);
                     }});
    latents_ = std::make_unique<training::LatentCache>(training::Latents{
        at::zeros({pixels_.size(0), models::kLatentSize}), at::ones({pixels_.size(0), models::kLatentSize})});
    flow_ = std::make_unique<training::FlowTrainer>(
        *model_->net, *model_->average, *latents_, model_->standardisation,
        at::zeros({pixels_.size(0)}, at::kLong), run::flow_options(model_->settings));
    rows_.push_back({"flow-step", flow_step_gflop(*model_), 30, [this] {
                       while (!flow_->advance_step()) {
                       }
                     }});
  }

  void add_sampling() {
    rows_.push_back({"sample-1", 0, 20, [this] { draw(1); }});
    rows_.push_back({"sample-100", 0, 20, [this] { draw(100); }});
    BenchMeasurement many{"sample-10000", 0, 3, [this] {
                            for (int block = 0; block < 40; ++block) draw(250);
                          }};
    many.warm_up = 1;
    rows_.push_back(many);
    rows_.push_back({"decode-100", 0, 20, [this] {
                       inference::decode_pixels(*model_, at::zeros({100, models::kLatentSize}));
                     }});
  }

  void draw(int64_t count) {
    inference::sample_pixels(*model_, inference::cycled_labels(0, count, -1),
                             inference::sample_options(model_->settings),
                             inference::latent_noise(1, Purpose::Sample, 0, count));
  }

  /// Like the scoring of an evaluation, without the sampling.
  void add_evaluator() {
    BenchMeasurement row{"evaluator", 0, 3, [this] {
                           metrics::EvaluationRequest request;
                           request.generate = [this](const at::Tensor& labels, uint64_t) {
                             return pixels_.narrow(0, 0, labels.size(0)).view({-1, kDigitSide, kDigitSide});
                           };
                           metrics::Evaluator evaluator(*judge_, std::move(request));
                           complete(evaluator);
                           evaluator.finish();
                         }};
    row.warm_up = 1;
    rows_.push_back(row);
  }

  /// Reference rows stay if requested rows are compared with them.
  void keep(std::vector<std::string> names) {
    const bool several = names.size() > 1;
    for (auto& name : names) {
      name = bench_info(name).name;
      // If these digits have no judge, the row that needs one is omitted, unless it was requested
      // alone.
      if (name == "evaluator" && !judge_ && several) continue;
      if (std::none_of(rows_.begin(), rows_.end(),
                       [&](const BenchMeasurement& row) { return row.name == name; })) {
        throw InputError(
            "bench: '" + name + "' cannot be measured " +
            (name == "evaluator" ? "without a classifier for these digits" : "without a window"));
      }
    }
    const auto asked = [&](const std::string& name) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    std::vector<BenchMeasurement> kept;
    for (auto& row : rows_) {
      const bool compared =
          row.name == "yardstick-f32" ||
          (asked("original-step") && (row.name == "yardstick-f32-large" || row.name == "yardstick-memory"));
      if (compared || asked(row.name)) kept.push_back(std::move(row));
    }
    rows_ = std::move(kept);
  }

  void close_row(const BenchMeasurement& row) {
    std::sort(times_.begin(), times_.end());
    BenchRow result;
    result.name = row.name;
    result.ms_min = times_.front();
    result.ms_median = times_[times_.size() / 2];
    result.runs = static_cast<int64_t>(times_.size());
    if (row.gflop > 0) result.gflops = row.gflop / (result.ms_median * 1e-3);
    if (row.gigabytes > 0) result.gb_per_second = row.gigabytes / (result.ms_median * 1e-3);
    if (row.reports_peak) result.peak_mb = peak_resident_mb();
    if (row.name == "yardstick-f32") yardstick_gflops_ = result.gflops;
    if (row.gflop > 0 && yardstick_gflops_ > 0) result.share = result.gflops / yardstick_gflops_;
    done_.push_back(result);
    times_.clear();
    warmed_up_ = 0;
    rows_[next_++].run = nullptr;  // releases the memory of its measurement
  }

  std::unique_ptr<inference::Model> model_;
  std::shared_ptr<const metrics::Judge> judge_;  ///< null: none for these digits
  int64_t encoded_ = 1000;
  at::Tensor pixels_;
  std::unique_ptr<training::AutoencoderTrainer> autoencoder_;
  std::unique_ptr<training::LatentCache> latents_;
  std::unique_ptr<training::FlowTrainer> flow_;
  std::vector<BenchMeasurement> rows_;
  std::vector<BenchRow> done_;
  std::vector<double> times_;
  size_t next_ = 0, warmed_up_ = 0;
  double yardstick_gflops_ = 0;
};

}  // namespace

std::unique_ptr<SlicedJob> make_bench_job(const Settings& settings, const at::Tensor& pixels,
                                          std::shared_ptr<const metrics::Judge> judge,
                                          const BenchCommand& command) {
  return std::make_unique<BenchJob>(settings, pixels, std::move(judge), command);
}

}  // namespace lf::jobs
