#include "metrics/judge.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>

#include "base/errors.h"
#include "base/image_shape.h"
#include "files/tensors/safetensors.h"
#include "metrics/image_bytes.h"
#include "stranger.h"
#include "toy_digits.h"
#include "toy_judge.h"

namespace lf::metrics {
namespace {

namespace fs = std::filesystem;

class JudgeFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("judge_test_" + std::to_string(getpid()));
    fs::create_directories(folder_);
    file_ = folder_ / "judge.safetensors";
    judge_.save(file_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  // Changes the saved file, loads it, and returns the error's line ("" if it loads).
  std::string error_after(const std::function<void(files::Safetensors&)>& change) {
    files::Safetensors content = files::read_safetensors(file_);
    change(content);
    fs::path damaged = folder_ / "damaged.safetensors";
    files::write_safetensors(damaged, content);
    return load_error(damaged);
  }
  std::string load_error(const fs::path& file) {
    try {
      Judge::load(file);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

  files::ImageSet train_ = toy_digits(600, 1);
  Judge judge_ = toy_judge(train_);
  fs::path folder_, file_;
};

TEST_F(JudgeFile, GivesBackTheSameJudge) {
  Judge loaded = Judge::load(file_);
  JudgeOutput before = judge_.run(image_view(train_)), after = loaded.run(image_view(train_));
  EXPECT_TRUE(at::equal(before.features, after.features));
  EXPECT_TRUE(at::equal(before.logits, after.logits));
  EXPECT_TRUE(at::equal(loaded.facts().train.covariance, judge_.facts().train.covariance));
  EXPECT_EQ(loaded.facts().train.count, 600);
  EXPECT_EQ(loaded.facts().label_counts, judge_.facts().label_counts);
  EXPECT_EQ(loaded.facts().calibration.blur, judge_.facts().calibration.blur);
  EXPECT_EQ(loaded.facts().accuracy, judge_.facts().accuracy);
  EXPECT_EQ(loaded.name(), judge_.name());
  EXPECT_TRUE(loaded.belongs_to("toy"));
  EXPECT_FALSE(loaded.belongs_to("another"));
}

TEST_F(JudgeFile, OfAStrangerIsRefusedOrMeasures) {
  const files::Safetensors sound = files::read_safetensors(file_);
  const files::ImageSet digits = toy_digits(3, 1);
  const int refused = refused_copies(sound, Stranger(13), 300, [&](const files::Safetensors& damaged) {
    files::write_safetensors(folder_ / "strange.safetensors", damaged);
    Judge::load(folder_ / "strange.safetensors").run(image_view(digits));
  });
  EXPECT_GT(refused, 150);
}

TEST_F(JudgeFile, IsSmall) { EXPECT_LE(fs::file_size(file_), 300000u); }

TEST_F(JudgeFile, WithDamageIsRefusedInOneLineNamingTheFile) {
  auto zero_like = [](files::TensorBytes& t, uint8_t byte) {
    std::fill(t.bytes.begin(), t.bytes.end(), byte);
  };
  std::vector<std::string> errors = {
      error_after([](files::Safetensors& c) { c.metadata["format"] = "other"; }),
      error_after([](files::Safetensors& c) { c.metadata["version"] = "999"; }),
      error_after([](files::Safetensors& c) { c.tensors.erase("conv1.weight"); }),
      error_after([](files::Safetensors& c) { c.tensors["conv1.bias"] = c.tensors["conv2.bias"]; }),
      error_after(
          [&](files::Safetensors& c) { zero_like(c.tensors["conv2.weight"], 0xff); }),  // NaN in float16
      error_after(
          [&](files::Safetensors& c) { zero_like(c.tensors["train.mean"], 0xff); }),  // NaN in float64
      error_after([&](files::Safetensors& c) { zero_like(c.tensors["train.covariance"], 0); }),  // no spread
      error_after([&](files::Safetensors& c) { zero_like(c.tensors["train.label_counts"], 0xff); }),
      error_after([&](files::Safetensors& c) { zero_like(c.tensors["floors"], 0); }),
      load_error(folder_ / "missing.safetensors"),
  };
  std::ofstream(folder_ / "text.safetensors") << "this is no judge";
  errors.push_back(load_error(folder_ / "text.safetensors"));
  for (const std::string& error : errors) {
    EXPECT_NE(error.find(".safetensors"), std::string::npos) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  }
}

TEST(Judge, WithoutSpreadOrWithoutNumbersHasAFault) {
  const JudgeFacts sound = toy_judge(toy_digits(300, 1)).facts();
  EXPECT_EQ(fault_of(sound), "");
  const auto fault = [&](const std::function<void(JudgeFacts&)>& change) {
    JudgeFacts facts = sound;
    change(facts);
    return fault_of(facts);
  };
  EXPECT_NE(fault([](JudgeFacts& f) { f.train.covariance = at::zeros_like(f.train.covariance); }), "");
  EXPECT_NE(fault([](JudgeFacts& f) { f.train.covariance = 1e-14 * at::eye(64, at::kDouble); }), "")
      << "rounding is no spread";
  EXPECT_NE(fault([](JudgeFacts& f) { f.train.mean = f.train.mean * NAN; }), "");
  EXPECT_NE(fault([](JudgeFacts& f) { f.floors[0].fd = NAN; }), "");
  EXPECT_NE(fault([](JudgeFacts& f) { f.calibration.blur = INFINITY; }), "");
  EXPECT_NE(fault([](JudgeFacts& f) { f.accuracy = NAN; }), "");
}

TEST(Judge, RefusesOtherShapes) {
  std::vector<at::Tensor> weights = random_judge_weights(1);
  weights[2] = at::zeros({3, 3});
  EXPECT_THROW(Judge(weights, {}), InputError);
  EXPECT_THROW(Judge({}, {}), InputError);
}

TEST(Judge, RunsInBlocksAsInOneAndOnFlatImages) {
  files::ImageSet set = toy_digits(600, 2);
  Judge judge = toy_judge(set);
  JudgeOutput all = judge.run(image_view(set));
  EXPECT_EQ(all.features.sizes(), (at::IntArrayRef{600, 64}));
  EXPECT_EQ(all.logits.sizes(), (at::IntArrayRef{600, 10}));
  JudgeOutput some = judge.run_block(image_view(set).narrow(0, 300, 7).reshape({7, kDigitPixels}));
  EXPECT_TRUE(at::allclose(some.features, all.features.narrow(0, 300, 7), 1e-4, 1e-4));
  EXPECT_LT(all.features.min().item<float>(), 0) << "features must come before their activation";
}

TEST(Judge, InterpolatesTheFloorAsAPowerLaw) {
  Judge judge = toy_judge(toy_digits(100, 3));  // floors: 2 % at 100, 0.2 % at 1,000
  EXPECT_NEAR(judge.floor_for(100), 2, 1e-12);
  EXPECT_NEAR(judge.floor_for(1000), 0.2, 1e-12);
  EXPECT_NEAR(judge.floor_for(316), 0.2 * 1000 / 316, 1e-9);
  EXPECT_NEAR(judge.floor_for(10000), 0.02, 1e-12);
  EXPECT_NEAR(judge.floor_for(50), 4, 1e-12);
}

}  // namespace
}  // namespace lf::metrics
