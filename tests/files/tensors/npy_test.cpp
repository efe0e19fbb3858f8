#include "files/tensors/npy.h"

#include <gtest/gtest.h>

#include <cstring>

#include "base/errors.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

TEST(Npy, PicturesRoundTripWithAlignedHeader) {
  TemporaryFolder folder;
  std::vector<uint8_t> pixels(2 * kDigitPixels);
  for (size_t i = 0; i < pixels.size(); ++i) pixels[i] = uint8_t(i);
  files::write_npy(folder / "x.npy", {2, 28, 28}, pixels);
  const files::NpyArray back = files::read_npy(folder / "x.npy");
  EXPECT_EQ(back.descr, "|u1");
  EXPECT_EQ(back.shape, (std::vector<int64_t>{2, 28, 28}));
  EXPECT_EQ(back.bytes, pixels);
  const auto file = files::read_file(folder / "x.npy", 1 << 20);
  EXPECT_EQ((file.size() - pixels.size()) % 64, 0u);
  EXPECT_EQ(std::string(file.begin() + 10, file.begin() + 74),
            "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 28, 28), }");
}

TEST(Npy, SheetsAreWrittenWithTheShapeOfTheirImages) {
  TemporaryFolder folder;
  ImageSheet sheet = ImageSheet::black(3, {20, 12});
  sheet.image_data(2)[5 * 12 + 7] = 200;
  files::write_npy(folder / "x.npy", sheet);
  const files::NpyArray back = files::read_npy(folder / "x.npy");
  EXPECT_EQ(back.shape, (std::vector<int64_t>{3, 20, 12}));
  EXPECT_EQ(back.bytes, sheet.bytes);
  sheet.bytes.pop_back();
  expect_error<InputError>("do not fit", [&] { files::write_npy(folder / "y.npy", sheet); });
}

TEST(Npy, LabelsAndFloats) {
  TemporaryFolder folder;
  files::write_npy(folder / "l.npy", {3}, std::vector<int64_t>{5, -1, 1ll << 40});
  const files::NpyArray labels = files::read_npy(folder / "l.npy");
  EXPECT_EQ(labels.descr, "<i8");
  EXPECT_EQ(labels.shape, std::vector<int64_t>{3});
  int64_t values[3];
  std::memcpy(values, labels.bytes.data(), sizeof values);
  EXPECT_EQ(values[1], -1);
  EXPECT_EQ(values[2], 1ll << 40);
  files::write_npy(folder / "f.npy", {1, 2}, std::vector<float>{0.5f, -2});
  float floats[2];
  std::memcpy(floats, files::read_npy(folder / "f.npy").bytes.data(), sizeof floats);
  EXPECT_EQ(floats[1], -2);
  files::write_npy(folder / "s.npy", {}, std::vector<float>{3});
  EXPECT_TRUE(files::read_npy(folder / "s.npy").shape.empty());
}

TEST(Npy, RefusesWhatDoesNotFit) {
  TemporaryFolder folder;
  expect_error<InputError>("fit", [&] { files::write_npy(folder / "x.npy", {3}, std::vector<float>{1}); });
  EXPECT_EQ(folder.count(), 0u);
  files::write_file_atomically(folder / "x.npy", std::string("not an array at all"));
  expect_error<InputError>("not a .npy", [&] { files::read_npy(folder / "x.npy"); });
  files::write_npy(folder / "y.npy", {4}, std::vector<float>{1, 2, 3, 4});
  auto file = files::read_file(folder / "y.npy", 1 << 20);
  file.pop_back();
  files::write_file_atomically(folder / "y.npy", file);
  expect_error<InputError>("size", [&] { files::read_npy(folder / "y.npy"); });
}

}  // namespace
}  // namespace lf::testing
