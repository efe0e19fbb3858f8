#include "preview/score.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/classes.h"
#include "base/image_shape.h"
#include "base/printed.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "records/report.h"

namespace lf::preview {
namespace {

constexpr uint64_t kEvaluationSeed = 1;
constexpr double kMostPsnr = 120;  ///< dB; equal images have an infinite one
constexpr int64_t kBatches = 2;    ///< a slow network is scored in blocks of so many batches

/// Negative values of a score mean "not measured".
nlohmann::json number_or_null(double value) {
  return std::isfinite(value) && value >= 0 ? nlohmann::json(value) : nlohmann::json(nullptr);
}

/// A value with its unit, or a dash if it was not measured.
std::string figure(double value, int decimals, const char* unit) {
  if (!std::isfinite(value) || value < 0) return "—";
  return printed("%.*f %s", decimals, value, unit);
}

/// Samples of the model whose classes and noise follow from `seed`.
metrics::EvaluationRequest sample_request(const inference::Model& model, int64_t count, uint64_t seed) {
  metrics::EvaluationRequest request;
  request.count = count;
  request.seed = seed;
  request.labelled = model.net->labelled();
  request.block = std::min<int64_t>(request.block, inference::sample_batch(model) * kBatches);
  const inference::SampleOptions options = inference::sample_options(model.settings);
  const auto sampler = std::make_shared<std::unique_ptr<inference::BatchSampler>>();
  request.generate = [&model, options, sampler, seed](const at::Tensor& labels,
                                                      uint64_t block) -> at::Tensor {
    if (!*sampler) {
      *sampler = std::make_unique<inference::BatchSampler>(
          model, labels, options, inference::latent_noise(seed, Purpose::Evaluation, block, labels.size(0)));
    }
    if ((*sampler)->advance()) return {};
    const at::Tensor pixels = (*sampler)->pixels().view({-1, kDigitSide, kDigitSide});
    sampler->reset();
    return pixels;
  };
  return request;
}

}  // namespace

std::unique_ptr<metrics::Evaluator> make_evaluator(const inference::Model& model, const metrics::Judge& judge,
                                                   const data::DataTensors& data, int64_t count, bool full) {
  metrics::EvaluationRequest request = sample_request(model, count, kEvaluationSeed);
  if (full) {
    request.reconstruct = [&model](const at::Tensor& images) {
      return inference::reconstruct_pixels(model, images.reshape({-1, kDigitPixels}))
          .view({-1, kDigitSide, kDigitSide});
    };
    request.test_images = data.test_pixels.view({-1, kDigitSide, kDigitSide});
    request.train_images = data.train_pixels.view({-1, kDigitSide, kDigitSide});
  }
  return std::make_unique<metrics::Evaluator>(judge, std::move(request));
}

std::unique_ptr<metrics::Evaluator> make_sample_evaluator(const inference::Model& model,
                                                          const metrics::Judge& judge, int64_t count,
                                                          uint64_t seed) {
  return std::make_unique<metrics::Evaluator>(judge, sample_request(model, count, seed));
}

Score to_score(const metrics::Evaluation& e, int64_t step, double seconds) {
  Score score;
  score.valid = true;
  score.fd = e.fd;
  score.fd_floor = e.fd_floor;
  score.rfd = std::isfinite(e.rfd) ? e.rfd : -1;
  score.accuracy = e.accuracy;
  score.psnr = std::isnan(e.psnr) ? 0 : std::min(e.psnr, kMostPsnr);
  score.class_kl = e.class_kl;
  score.mean_ink = e.mean_ink;
  score.memorisation = std::isfinite(e.memorisation) ? e.memorisation : -1;
  score.count = e.count;
  score.step = step;
  score.seconds = seconds;
  score.grade = std::string(1, e.grade);
  for (size_t asked = 0; asked < kClasses; ++asked) {
    for (size_t seen = 0; seen < kClasses; ++seen)
      score.confusion[asked * kClasses + seen] = e.confusion[asked][seen];
  }
  records::fill_shares(score);
  return score;
}

std::string score_words(const Score& s) {
  return "FD " + figure(s.fd, 2, "%") + " (noise floor " + figure(s.fd_floor, 2, "%") + "), grade " +
         s.grade + ", accuracy " + figure(100 * s.accuracy, 1, "%") + ", rFD " + figure(s.rfd, 2, "%") +
         ", PSNR " + figure(s.psnr > 0 ? s.psnr : -1, 2, "dB");
}

std::string score_json(const Score& s, const std::string& judge) {
  return nlohmann::json{{"fd", number_or_null(s.fd)},
                        {"fd_floor", number_or_null(s.fd_floor)},
                        {"rfd", number_or_null(s.rfd)},
                        {"accuracy", number_or_null(s.accuracy)},
                        {"psnr", number_or_null(s.psnr > 0 ? s.psnr : -1)},
                        {"class_kl", number_or_null(s.class_kl)},
                        {"mean_ink", number_or_null(s.mean_ink)},
                        {"memorisation", number_or_null(s.memorisation)},
                        {"count", s.count},
                        {"judge", judge},
                        {"grade", s.grade}}
      .dump();
}

}  // namespace lf::preview
