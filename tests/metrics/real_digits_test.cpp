// The bundled judge on real MNIST, if LATENTFLOW_DATA names it: the evaluator's own self-tests.
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "data/mnist.h"
#include "metrics/image_bytes.h"
#include "metrics/judge.h"
#include "pca_psnr.h"
#include "test_paths.h"

namespace lf::metrics {
namespace {

class RealDigits : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("LATENTFLOW_DATA");
    if (!folder) GTEST_SKIP() << "LATENTFLOW_DATA does not name a folder with MNIST";
    data_ = data::load_idx_folder(folder);
    if (!data_.is_mnist) GTEST_SKIP() << "LATENTFLOW_DATA is another data set than the shipped judge's";
    test_ = image_view(data_.test);
    labels_ = data::label_tensor(data_.test);
  }
  double fd_of(const at::Tensor& images) const {
    return fd_percent(gaussian_stats(judge_.run(images).features), judge_.facts().train);
  }

  Judge judge_ = Judge::load(ASSETS "/judge.safetensors");
  files::Dataset data_;
  at::Tensor test_, labels_;
};

TEST_F(RealDigits, AreRecognisedAsTheFileSays) {
  at::Tensor seen = judge_.run(test_).logits.argmax(1);
  double accuracy = seen.eq(labels_).to(at::kDouble).mean().item<double>();
  EXPECT_GE(accuracy, 0.992);
  EXPECT_NEAR(accuracy, judge_.facts().accuracy, 2e-4);  // another CPU may round two digits over the edge
  EXPECT_TRUE(judge_.belongs_to(data_.digest));
}

TEST_F(RealDigits, ScoreAsCalibratedAndCorruptionsRank) {
  at::Tensor unit = to_unit(test_);
  at::Generator generator = at::detail::createCPUGenerator(3);
  auto noisy = [&](double sigma) {
    return fd_of(to_bytes(unit + sigma * at::randn(unit.sizes(), generator)));
  };
  double real = fd_of(test_), little = noisy(0.05), more = noisy(0.1);
  double blurred = fd_of(to_bytes(at::avg_pool2d(unit, 3, 1, 1)));
  double missing = fd_of(test_.index_select(0, labels_.ne(4).nonzero().squeeze(1)));
  EXPECT_NEAR(real, judge_.facts().calibration.test, 0.02 * real);
  EXPECT_LT(real, little);
  EXPECT_LT(little, more);
  EXPECT_LT(2 * more, blurred);
  EXPECT_GT(missing, 3 * real);
  EXPECT_GT(real, judge_.floor_for(10000));
}

TEST_F(RealDigits, GiveTheKnownPcaYardstick) {
  EXPECT_NEAR(pca_psnr(image_view(data_.train), test_), 21.1, 0.1);
}

}  // namespace
}  // namespace lf::metrics
