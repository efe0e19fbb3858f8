#include "run/list/summary.h"

#include <gtest/gtest.h>

#include <chrono>

#include "base/image_shape.h"
#include "files/atomic_write.h"
#include "files/tensors/safetensors.h"
#include "run/folder.h"
#include "run/list/label.h"
#include "run/run_files.h"
#include "temporary_folder.h"

namespace lf::run {
namespace {

namespace fs = std::filesystem;

class Summary : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(run_ / "marks");
    put(kModelName, 1000);
    put("marks/flow-00000003.safetensors", 300);
    put("marks/flow-00000009.safetensors", 300);
  }
  void put(const std::string& name, size_t bytes) const {
    files::write_file_atomically(run_ / name, std::string(bytes, 'x'));
  }
  /// A gallery of `states` states of `digits` digits; every pixel is its state.
  void put_gallery(int64_t states, int64_t digits) const {
    const int64_t row = digits * kDigitPixels;
    files::TensorBytes images{"U8", {states, row}, {}};
    for (int64_t s = 0; s < states; ++s)
      images.bytes.insert(images.bytes.end(), static_cast<size_t>(row), static_cast<uint8_t>(s));
    files::write_safetensors(run_ / "gallery.safetensors", {{{"flow.images", images}}, {}});
  }
  testing::TemporaryFolder root_;
  fs::path run_ = root_ / "run";
};

TEST_F(Summary, DiskUseIsThatOfAllFilesAndNamesTheMarks) {
  files::write_file_atomically(run_ / "report.json",
                               std::string("{\"data\": \"MNIST\", \"state\": \"done\"}"));
  const RunSummary run = summarise_run(run_);
  EXPECT_EQ(run.marks, 2);
  EXPECT_EQ(run.marks_bytes, 600);
  EXPECT_EQ(run.bytes, 1600 + 34);
  EXPECT_EQ(run.data, "MNIST");
}

TEST_F(Summary, AThumbnailIsTheFirstDigitsOfTheLastState) {
  EXPECT_EQ(summarise_run(run_).thumbnail, nullptr);
  put_gallery(3, 40);
  const auto thumbnail = summarise_run(run_).thumbnail;
  ASSERT_NE(thumbnail, nullptr);
  EXPECT_TRUE(thumbnail->holds(10));
  EXPECT_EQ(thumbnail->bytes, std::vector<uint8_t>(10 * kDigitPixels, 2));
  put_gallery(2, 4);
  EXPECT_TRUE(summarise_run(run_).thumbnail->holds(4));
  put("gallery.safetensors", 100);
  EXPECT_EQ(summarise_run(run_).thumbnail, nullptr) << "a damaged one is left out";
}

TEST_F(Summary, OnlyChangedRunsAreReadAgain) {
  // Two changes within one tick of the file system's clock would look like one.
  fs::last_write_time(run_ / "marks", fs::last_write_time(run_ / "marks") - std::chrono::hours(1));
  SummaryCache cache;
  const auto listed = [&] { return list_runs(root_.path(), "", nullptr, &cache); };
  EXPECT_EQ(listed().size(), 1u);
  listed();
  EXPECT_EQ(cache.reads(), 1);
  write_label(run_, {"named", "", {}, false});
  EXPECT_EQ(listed()[0].label.name, "named");
  EXPECT_EQ(cache.reads(), 2);
  fs::remove(run_ / "marks" / "flow-00000003.safetensors");
  EXPECT_EQ(listed()[0].marks, 1);
  EXPECT_EQ(cache.reads(), 3);
}

TEST_F(Summary, ALinkCountsNothing) {
  const testing::TemporaryFolder elsewhere;
  files::write_file_atomically(elsewhere / "large", std::string(9000, 'x'));
  fs::create_symlink(elsewhere / "large", run_ / "commands.log");
  fs::create_directory_symlink(elsewhere.path(), run_ / "figures");
  EXPECT_EQ(run_bytes(run_), 1600);
}

}  // namespace
}  // namespace lf::run
