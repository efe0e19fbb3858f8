#include "metrics/reconstruction.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "base/image_shape.h"
#include "metrics/image_bytes.h"
#include "pca_psnr.h"
#include "toy_digits.h"

namespace lf::metrics {
namespace {

TEST(Psnr, OfAKnownErrorIsTheClosedForm) {
  at::Tensor black = at::zeros({4, 28, 28}, at::kByte);
  ReconstructionStatistics statistics;
  statistics.add(black.narrow(0, 0, 2), at::full({2, 28, 28}, 0.1));
  statistics.add(black.narrow(0, 2, 2), at::full({2, kDigitPixels}, 0.3));
  // The errors are averaged before the logarithm: 10 log10(1 / 0.05).
  EXPECT_NEAR(statistics.psnr(), -10 * std::log10((0.01 + 0.09) / 2), 1e-5);
  EXPECT_NEAR(statistics.errors()[3].item<double>(), 0.09, 1e-7);
}

TEST(Psnr, OfExactCopiesIsInfiniteAndOfNothingUnknown) {
  files::ImageSet set = toy_digits(10, 1);
  ReconstructionStatistics statistics;
  EXPECT_TRUE(std::isnan(statistics.psnr()));
  statistics.add(image_view(set), to_unit(image_view(set)));
  EXPECT_TRUE(std::isinf(statistics.psnr()));
}

TEST(Pca, IsExactInsideItsSubspaceAndImprovesWithComponents) {
  at::Tensor train = at::zeros({3, kDigitPixels}, at::kByte);
  train[1].fill_(100);
  train[2].narrow(0, 0, 392).fill_(200);
  EXPECT_GT(pca_psnr(train, train, 2), 60);  // three points span two directions
  files::ImageSet toys = toy_digits(300, 2);
  at::Tensor images = image_view(toys);
  EXPECT_GT(pca_psnr(images, images, 20), pca_psnr(images, images, 5));
}

TEST(ImageBytes, RoundAndClamp) {
  at::Tensor images = at::full({1, kDigitPixels}, 0.5);
  images[0][0] = -1;
  images[0][1] = 2;
  images[0][2] = 1.4 / 255;
  at::Tensor bytes = to_bytes(images).flatten();
  EXPECT_EQ(bytes[0].item<int>(), 0);
  EXPECT_EQ(bytes[1].item<int>(), 255);
  EXPECT_EQ(bytes[2].item<int>(), 1);
  EXPECT_NEAR(mean_ink(at::full({2, 28, 28}, 51, at::kByte)), 0.2, 1e-12);
}

TEST(ImageBytes, RefuseOtherShapesAndTypes) {
  EXPECT_THROW(to_unit(at::zeros({2, 28, 28})), InputError);
  EXPECT_THROW(to_unit(at::zeros({2, 32, 32}, at::kByte)), InputError);
}

}  // namespace
}  // namespace lf::metrics
