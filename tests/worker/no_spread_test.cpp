// Digits without variance: all results contain only finite numbers, and can be read again.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/image_shape.h"
#include "data/mnist.h"
#include "experiment_fixture.h"
#include "files/atomic_write.h"
#include "files/idx/idx.h"
#include "jobs/job.h"
#include "jobs/likelihood_report.h"
#include "preview/gallery.h"
#include "preview/score.h"
#include "records/history.h"
#include "records/report.h"
#include "run/run_files.h"

namespace lf::worker {
namespace {

/// A data set with constant content.
struct FlatDigits {
  const char* name;
  std::function<void(files::ImageSet&)> make;
  bool judged;  ///< a judge can be trained on it
  size_t train = 200, test = 60;
};

void fill(files::ImageSet& set, uint8_t ink) {
  std::fill(set.images.bytes.begin(), set.images.bytes.end(), ink);
}

void repeat_first(files::ImageSet& set, size_t kinds) {
  for (size_t i = kinds; i < set.size(); ++i) {
    std::copy_n(set.images.image(i % kinds).pixels, kDigitPixels, set.images.image_data(i));
    set.labels[i] = set.labels[i % kinds];
  }
}

const std::vector<FlatDigits>& flat_digits() {
  static const std::vector<FlatDigits> all{
      {"all black", [](files::ImageSet& set) { fill(set, 0); }, false},
      {"all white", [](files::ImageSet& set) { fill(set, 255); }, false},
      {"one image", [](files::ImageSet& set) { repeat_first(set, 1); }, false},
      {"two images over and over", [](files::ImageSet& set) { repeat_first(set, 2); }, true},
      {"one class", [](files::ImageSet& set) { std::fill(set.labels.begin(), set.labels.end(), uint8_t{7}); },
       false},
      {"a missing class",
       [](files::ImageSet& set) {
         for (uint8_t& label : set.labels) label = label == 4 ? 5 : label;
       },
       true},
      {"two images", [](files::ImageSet&) {}, false, 2, 2},
      {"one image alone", [](files::ImageSet&) {}, false, 1, 1},
  };
  return all;
}

class NoSpread : public ExperimentTest {
 protected:
  fs::path write(const FlatDigits& kind) const {
    const fs::path folder = runs_ / kind.name;
    fs::create_directories(folder);
    files::Dataset data = small_digits(kind.train, kind.test);
    kind.make(data.train);
    kind.make(data.test);
    files::write_file_atomically(folder / "train-images-idx3-ubyte", files::make_idx_images(data.train));
    files::write_file_atomically(folder / "train-labels-idx1-ubyte", files::make_idx_labels(data.train));
    files::write_file_atomically(folder / "t10k-images-idx3-ubyte", files::make_idx_images(data.test));
    files::write_file_atomically(folder / "t10k-labels-idx1-ubyte", files::make_idx_labels(data.test));
    return folder;
  }

  std::unique_ptr<Workload> on(const fs::path& folder) const {
    ExperimentOptions options;
    options.data = folder.string();
    options.runs = (runs_ / "runs").string();
    options.assets = (runs_ / "no-assets").string();
    options.judges = (runs_ / "judges").string();
    options.preset = "tiny";
    options.open_model = false;
    auto workload = make_experiment(options);
    until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Idle; });
    return workload;
  }

  /// Trains a judge; the error's line, "" if it worked.
  static std::string train_judge(Workload& workload, const std::string& out) {
    try {
      workload.apply(JudgeCommand{1, out});
      const auto done = [](const Snapshot& s) { return !s.results->results.empty(); };
      until(workload, done);
      return "";
    } catch (const InputError& refused) {
      return refused.what();
    }
  }
};

/// Every cell and every value is a finite number or omitted.
void expect_numbers(const std::string& text) {
  std::string word;
  for (const char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c))) {
      word += static_cast<char>(std::tolower(c));
      continue;
    }
    EXPECT_TRUE(word != "nan" && word != "inf") << text.substr(0, 2000);
    word.clear();
  }
}

void expect_finite(const Series& series) {
  for (const float value : series.value) EXPECT_TRUE(std::isfinite(value));
}

void expect_finite(const std::vector<float>& values) {
  for (const float value : values) EXPECT_TRUE(std::isfinite(value));
}

TEST_F(NoSpread, WhatIsMadeOfThemHoldsNumbersAndIsReadAgain) {
  for (const FlatDigits& kind : flat_digits()) {
    SCOPED_TRACE(kind.name);
    const auto workload = on(write(kind));
    const fs::path folder = runs_ / "runs" / kind.name;
    workload->apply(SetCommand{"autoencoder.batch", "64"});
    workload->apply(SetCommand{"flow.batch", "64"});
    workload->apply(SetCommand{"quality.final", "200"});
    const std::string refused = train_judge(*workload, (runs_ / "judge.safetensors").string());
    EXPECT_EQ(refused.empty(), kind.judged) << refused;
    workload->apply(TrainCommand{"", Budget{0, 12, 0, 0}, folder.string(),
                                 /*figures=*/&kind == &flat_digits().front(), true});
    const Snapshot done = until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
    EXPECT_EQ(done.quality->full.valid, kind.judged);
    const std::string report = run::read_text_file(folder / "report.json"),
                      curves = run::read_text_file(folder / "history.csv");
    expect_numbers(report);
    expect_numbers(curves);
    expect_finite(records::parse_history(curves, "history.csv").loss.flow_test);
    EXPECT_NO_THROW(inference::load_model((folder / "model.safetensors").string()));
    EXPECT_NO_THROW(preview::load_gallery((folder / "gallery.safetensors").string()));
    expect_finite(done.map->points);
    expect_finite(done.flow->points);
    EXPECT_TRUE(std::isfinite(done.reconstruction->psnr));
    if (!kind.judged) continue;
    const std::string score = preview::score_json(done.quality->full, "judge");
    expect_numbers(score);
    expect_numbers(preview::score_words(done.quality->full));
    for (const char* figure : {"fd", "accuracy", "psnr"})
      EXPECT_TRUE(nlohmann::json::parse(score)[figure].is_number()) << figure << ": " << score;
    EXPECT_NO_THROW(metrics::Judge::load(runs_ / "judge.safetensors"));
  }
}

TEST_F(NoSpread, ADigitThatNobodyAskedForHasNoAccuracy) {
  Score score;
  score.confusion[11] = 3;  // a 1 predicted as a 1
  score.confusion[22] = 1, score.confusion[23] = 1;
  records::fill_shares(score);
  EXPECT_EQ(score.digit_accuracy[1], 1);
  EXPECT_EQ(score.digit_accuracy[2], 0.5);
  EXPECT_TRUE(std::isnan(score.digit_accuracy[4]));
}

TEST_F(NoSpread, FiguresThatWereNotMeasuredAreADash) {
  metrics::Evaluation evaluation;
  evaluation.fd = 3, evaluation.fd_floor = NAN, evaluation.rfd = NAN, evaluation.accuracy = NAN;
  evaluation.psnr = INFINITY;
  const Score equal = preview::to_score(evaluation, 1, 1);
  EXPECT_EQ(preview::score_words(equal),
            "FD 3.00 % (noise floor —), grade -, accuracy —, rFD —, PSNR 120.00 dB");
  EXPECT_TRUE(nlohmann::json::parse(preview::score_json(equal, "j"))["accuracy"].is_null());
  evaluation.psnr = NAN;
  EXPECT_TRUE(
      nlohmann::json::parse(preview::score_json(preview::to_score(evaluation, 1, 1), "j"))["psnr"].is_null());
}

TEST_F(NoSpread, OneDigitOfAClassHasNoStandardDeviation) {
  jobs::LikelihoodReport report;
  report.bits = {1.5f, 1.25f}, report.nats = {-60, -55}, report.error = {0.1f, 0.1f};
  report.labels = {3, 8};
  for (const std::string& line : jobs::report_table(report)) expect_numbers(line);
  for (const std::string& line : jobs::report_json(report)) expect_numbers(line);
  expect_numbers(jobs::report_csv(report));
  report.bits.resize(1), report.nats.resize(1), report.error.resize(1), report.labels.resize(1);
  for (const std::string& line : jobs::report_table(report)) expect_numbers(line);
}

}  // namespace
}  // namespace lf::worker
