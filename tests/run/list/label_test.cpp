#include "run/list/label.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "run/run_files.h"
#include "temporary_folder.h"

namespace lf::run {
namespace {

namespace fs = std::filesystem;
const RunLabel kSome{"the best", "a \"note\" – 100 %", {"paper", "week 3"}, true};

TEST(StoredLabels, AWrittenLabelIsReadBack) {
  const testing::TemporaryFolder folder;
  EXPECT_EQ(read_label(folder.path()).label, RunLabel());
  write_label(folder.path(), kSome);
  const StoredLabel stored = read_label(folder.path());
  EXPECT_EQ(stored.label, kSome);
  EXPECT_EQ(stored.problem, "");
  EXPECT_EQ(folder.count(), 1u) << "no temporary file is left";
}

TEST(StoredLabels, ADamagedOneIsReportedAndKept) {
  const testing::TemporaryFolder folder;
  for (const char* text : {"{\"name\": \"cut", "[]", "{\"star\": 3}", "{\"tags\": [\"a,b\"]}"}) {
    files::write_file_atomically(folder / kLabelName, std::string(text));
    const StoredLabel stored = read_label(folder.path());
    EXPECT_NE(stored.problem.find(kLabelName), std::string::npos) << text;
    EXPECT_EQ(stored.label, RunLabel()) << text;
    EXPECT_EQ(read_text_file(folder / kLabelName), text) << "reading changes nothing";
    write_label(folder.path(), kSome);
    EXPECT_EQ(read_label(folder.path()).label, kSome);
    EXPECT_EQ(read_text_file(folder / kDamagedLabelName), text) << "it is kept aside";
    fs::remove(folder / kDamagedLabelName);
  }
}

TEST(StoredLabels, ASecondDamagedOneIsNotLostEither) {
  const testing::TemporaryFolder folder;
  files::write_file_atomically(folder / kDamagedLabelName, std::string("first"));
  files::write_file_atomically(folder / kLabelName, std::string("second"));
  testing::expect_error<InputError>("already there", [&] { write_label(folder.path(), kSome); });
  EXPECT_EQ(read_text_file(folder / kLabelName), "second");
  EXPECT_EQ(read_text_file(folder / kDamagedLabelName), "first");
}

TEST(StoredLabels, WhatAnotherVersionStoredStays) {
  const testing::TemporaryFolder folder;
  files::write_file_atomically(folder / kLabelName, std::string("{\"colour\": \"red\", \"name\": \"x\"}"));
  write_label(folder.path(), kSome);
  EXPECT_NE(read_text_file(folder / kLabelName).find("\"colour\": \"red\""), std::string::npos);
}

TEST(StoredLabels, ALinkInItsPlaceLeadsNowhere) {
  const testing::TemporaryFolder folder, elsewhere;
  files::write_file_atomically(elsewhere / "kept", std::string("{\"name\": \"secret\"}"));
  fs::create_symlink(elsewhere / "kept", folder / kLabelName);
  EXPECT_NE(read_label(folder.path()).problem.find("is a link"), std::string::npos);
  testing::expect_error<InputError>("is a link", [&] { write_label(folder.path(), kSome); });
  EXPECT_EQ(read_text_file(elsewhere / "kept"), "{\"name\": \"secret\"}");
}

TEST(StoredLabels, OneBeyondTheLimitsIsNotWritten) {
  const testing::TemporaryFolder folder;
  testing::expect_error<InputError>("longer than", [&] {
    write_label(folder.path(), {std::string(1000, 'x'), "", {}, false});
  });
  EXPECT_EQ(folder.count(), 0u);
}

}  // namespace
}  // namespace lf::run
