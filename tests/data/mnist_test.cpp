#include "data/mnist.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/errors.h"
#include "base/image_shape.h"
#include "data/stroke_digits.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "files/idx/idx.h"
#include "make_gzip.h"
#include "scoped_environment.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

namespace fs = std::filesystem;

/// Writes a small data set into a folder, its four files with four kinds of names.
files::Dataset write_small_set(const fs::path& folder) {
  fs::create_directories(folder);
  files::Dataset data = data::make_stroke_digits(50, 20, 3);
  files::write_file_atomically(folder / "train-images-idx3-ubyte", files::make_idx_images(data.train));
  files::write_file_atomically(folder / "train-labels.idx1-ubyte", files::make_idx_labels(data.train));
  files::write_file_atomically(folder / "t10k-images-idx3-ubyte.gz",
                               make_gzip(files::make_idx_images(data.test)));
  files::write_file_atomically(folder / "t10k-labels.idx1-ubyte.gz",
                               make_gzip(files::make_idx_labels(data.test)));
  return data;
}

TEST(MnistFiles, AreAsLargeAsTheirHeadersAndPixels) {
  const uint64_t sizes[4] = {16 + 60000 * kDigitPixels, 8 + 60000, 16 + 10000 * kDigitPixels, 8 + 10000};
  for (size_t i = 0; i < 4; ++i) EXPECT_EQ(data::mnist_files()[i].bytes, sizes[i]);
}

TEST(LoadIdxFolder, FindsEveryNameAndSaysItIsNotMnist) {
  TemporaryFolder folder;
  const files::Dataset written = write_small_set(folder / "letters");
  const files::Dataset data = data::load_idx_folder(folder / "letters");
  EXPECT_EQ(data.train.images, written.train.images);
  EXPECT_EQ(data.test.labels, written.test.labels);
  EXPECT_EQ(data.name, "letters");
  EXPECT_EQ(data.digest, written.digest);  // the digest is of the content, not of the compression
  EXPECT_FALSE(data.is_mnist);
  EXPECT_FALSE(data.builtin);
}

TEST(LoadIdxFolder, NamesWhatIsMissing) {
  TemporaryFolder folder;
  expect_error<InputError>("no such folder", [&] { data::load_idx_folder(folder / "none"); });
  fs::create_symlink("loop", folder / "loop");
  expect_error<InputError>("form a loop", [&] { data::load_idx_folder(folder / "loop"); });
  write_small_set(folder / "x");
  fs::remove(folder / "x/t10k-images-idx3-ubyte.gz");
  EXPECT_FALSE(data::holds_idx_files(folder / "x"));
  expect_error<InputError>("lacks t10k-images-idx3-ubyte", [&] { data::load_idx_folder(folder / "x"); });
}

TEST(DataPlaces, OptionThenEnvironmentThenCache) {
  TemporaryFolder folder;
  const std::string cache = (folder / "cache").string();
  ScopedEnvironment no_data("LATENTFLOW_DATA", nullptr), own_cache("LATENTFLOW_CACHE", cache.c_str());
  EXPECT_TRUE(data::data_places("").empty());
  write_small_set(data::mnist_cache_folder());
  ASSERT_EQ(data::data_places("").size(), 1u);
  EXPECT_EQ(data::data_places("")[0].folder, folder / "cache/data/mnist");
  EXPECT_FALSE(data::data_places("")[0].named) << "nobody named it";
  ScopedEnvironment named("LATENTFLOW_DATA", "/from/environment");
  const auto places = data::data_places("/from/option");
  ASSERT_EQ(places.size(), 3u);
  EXPECT_EQ(places[0].folder, fs::path("/from/option"));
  EXPECT_EQ(places[1].folder, fs::path("/from/environment"));
  EXPECT_TRUE(places[0].named && places[1].named && !places[2].named);
  EXPECT_EQ(data::data_places("/from/environment").size(), 2u) << "the same folder is not read twice";
}

TEST(SetAsideUnsound, RenamesWhatIsNotMnist) {
  TemporaryFolder folder;
  write_small_set(folder / "x");
  data::set_aside_unsound(folder / "x");
  EXPECT_FALSE(data::holds_idx_files(folder / "x"));
  EXPECT_TRUE(fs::exists(folder / "x/t10k-images-idx3-ubyte.gz.unsound"));
}

TEST(LoadIdxFolder, KnowsTheRealMnist) {
  const char* folder = std::getenv("LATENTFLOW_DATA");
  if (!folder) GTEST_SKIP() << "LATENTFLOW_DATA does not name MNIST";
  const files::Dataset data = data::load_idx_folder(folder);
  if (!data.is_mnist) GTEST_SKIP() << "LATENTFLOW_DATA names another data set";
  EXPECT_EQ(data.name, "MNIST");
  EXPECT_EQ(data.train.size(), 60000u);
  EXPECT_EQ(data.test.size(), 10000u);
  EXPECT_EQ(data.train.labels[0], 5);  // the well-known first image
  EXPECT_EQ(data.test.labels[0], 7);
}

}  // namespace
}  // namespace lf::testing
