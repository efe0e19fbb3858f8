#include "data/idx_names.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "data/mnist.h"
#include "data/stroke_digits.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "files/idx/idx.h"
#include "make_gzip.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

namespace fs = std::filesystem;

const files::Dataset& digits() {
  static const files::Dataset data = data::make_stroke_digits(30, 20, 3);
  return data;
}

/// Writes the four files as "PREFIXtrain-images-idx3-ubyte" and so on.
void write_set(const fs::path& folder, const std::string& prefix = "", const std::string& test = "t10k") {
  fs::create_directories(folder);
  files::write_file_atomically(folder / (prefix + "train-images-idx3-ubyte"),
                               files::make_idx_images(digits().train));
  files::write_file_atomically(folder / (prefix + "train-labels-idx1-ubyte"),
                               files::make_idx_labels(digits().train));
  files::write_file_atomically(folder / (prefix + test + "-images-idx3-ubyte"),
                               files::make_idx_images(digits().test));
  files::write_file_atomically(folder / (prefix + test + "-labels-idx1-ubyte"),
                               files::make_idx_labels(digits().test));
}

void write_text(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  files::write_file_atomically(path, text);
}

void expect_refused(const fs::path& folder, const std::vector<std::string>& parts) {
  for (const auto& part : parts) expect_error<InputError>(part, [&] { data::require_idx_set(folder); });
}

TEST(IdxName, IsReadInEverySpelling) {
  struct Named {
    const char *name, *set;
    size_t role;
  };
  for (const Named& named : {Named{"train-images-idx3-ubyte", "", 0}, Named{"t10k-labels.idx1-ubyte", "", 3},
                             Named{"TRAIN-LABELS-IDX1-UBYTE.GZ", "", 1}, Named{"test_images.gz", "", 2},
                             Named{"emnist-digits-train-images-idx3-ubyte.gz", "emnist-digits", 0},
                             Named{"qmnist-test-labels-idx2-int", "qmnist", 3},
                             Named{"EMNIST MNIST test images.idx", "emnist-mnist", 2}}) {
    const auto name = data::parse_idx_name(named.name);
    ASSERT_TRUE(name) << named.name;
    EXPECT_EQ(name->set, named.set) << named.name;
    EXPECT_EQ(name->role, named.role) << named.name;
  }
  for (const char* name : {"train-images-idx3-ubyte.gz.crdownload", "train.csv", "images", "train-images.png",
                           "train-images-idx3-ubyte (1).gz", "train", ""})
    EXPECT_FALSE(data::parse_idx_name(name)) << name;
}

TEST(IdxSets, AreFoundWhereOthersPutThem) {
  TemporaryFolder folder;
  const std::vector<std::pair<std::string, std::string>> places{
      {"plain", "plain"},
      {"torchvision", "torchvision/FashionMNIST/raw"},
      {"MNIST", "MNIST/raw"},
      {"e", "e/gzip"}};
  for (const auto& [named, lies] : places) {
    write_set(folder / lies);
    EXPECT_TRUE(data::holds_idx_files(folder / named)) << named;
    EXPECT_EQ(data::load_idx_folder(folder / named).digest, digits().digest) << named;
  }
  EXPECT_EQ(data::load_idx_folder(folder / "torchvision").name, "FashionMNIST");
  EXPECT_EQ(data::load_idx_folder(folder / "plain/train-labels-idx1-ubyte").name, "plain")
      << "one of the four files";
  write_set(folder / "flat");
  for (const auto& file : data::mnist_files()) {  // Kaggle: each in a folder of its own name
    fs::create_directories(folder / "kaggle" / file.name);
    fs::rename(folder / "flat" / file.name, folder / "kaggle" / file.name / file.name);
  }
  EXPECT_EQ(data::load_idx_folder(folder / "kaggle").digest, digits().digest);
}

TEST(IdxSets, UnderOtherNamesAreTakenWhereThereIsOne) {
  TemporaryFolder folder;
  write_set(folder / "q", "qmnist-", "test");
  EXPECT_EQ(data::load_idx_folder(folder / "q").name, "qmnist");
  write_set(folder / "two", "a-");
  write_set(folder / "two", "b-");
  expect_refused(folder / "two", {"several data sets", "a in '", "b in '", "a separate folder"});
  write_set(folder / "two");
  EXPECT_EQ(data::load_idx_folder(folder / "two").name, "two") << "the usual names come first";
}

TEST(IdxSets, OfEmnistAreThoseOfTenClassesAndTurnedBack) {
  TemporaryFolder folder;
  write_set(folder / "e", "emnist-letters-", "test");
  expect_refused(folder / "e", {"emnist-letters has 26 classes, ten are needed"});
  write_set(folder / "e", "emnist-digits-", "test");
  std::string note;
  const files::Dataset data = data::load_idx_folder(folder / "e", &note);
  EXPECT_EQ(data.name, "emnist-digits");
  EXPECT_EQ(data.train.images.bytes[3 * 28 + 7], digits().train.images.bytes[7 * 28 + 3]);
  EXPECT_NE(data.digest, digits().digest) << "a digest is of what is seen";
  EXPECT_NE(note.find("transposed back"), std::string::npos);
}

TEST(IdxSets, AreMissedWithAWordOnWhatLiesThere) {
  TemporaryFolder folder;
  write_text(folder / "zip/archive.zip", std::string("PK\3\4", 4) + std::string(40, '\0'));
  expect_refused(folder / "zip", {"it lacks train-images-idx3-ubyte, train-labels",
                                  "'archive.zip' is a zip archive: unpack"});
  write_text(folder / "hugging/train-00000-of-00001.parquet", "PAR1....");
  expect_refused(folder / "hugging", {"is a Parquet table: convert"});
  write_text(folder / "csv/mnist_train.csv", "label,pixel0\n5,0\n");
  expect_refused(folder / "csv", {"'mnist_train.csv' is a CSV table: convert it to the four IDX files"});
  write_text(folder / "half/train-images-idx3-ubyte.gz.crdownload", "x");
  expect_refused(folder / "half", {"is an unfinished download: fetch it again"});
  write_set(folder / "above/my/digits");
  expect_refused(folder / "above",
                 {"are in '" + (folder / "above/my/digits").string() + "': name that folder"});
  write_text(folder / "run/model.safetensors", std::string("\2\0\0\0\0\0\0\0{}", 10));
  expect_refused(folder / "run",
                 {"'model.safetensors' is a safetensors file: open it, or name it with --model"});
  write_text(folder / "empty/readme", "nothing");
  expect_refused(folder / "empty", {"it lacks train-images-idx3-ubyte, "});
  expect_refused(folder / "zip/archive.zip", {"it is a zip archive; unpack it", "name the folder"});
  expect_refused(folder / "none", {"no such folder"});
}

TEST(IdxSets, PackedTwiceAreRead) {
  TemporaryFolder folder;
  write_set(folder / "x");
  const fs::path plain = folder / "x/t10k-images-idx3-ubyte";
  files::write_file_atomically(folder / "x/t10k-images-idx3-ubyte.gz",
                               make_gzip(make_gzip(files::read_file(plain, 1 << 20))));
  fs::remove(plain);
  EXPECT_EQ(data::load_idx_folder(folder / "x").digest, digits().digest);
}

}  // namespace
}  // namespace lf::testing
