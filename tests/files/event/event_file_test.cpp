#include "files/event/event_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/errors.h"
#include "event_reader.h"
#include "file_size_limit.h"
#include "files/event/event_bytes.h"
#include "temporary_folder.h"

namespace lf::files {
namespace {

namespace fs = std::filesystem;

std::string number_event(int64_t step) {
  return values_event({static_cast<double>(step), step}, {{"a", static_cast<float>(step)}});
}

TEST(EventFile, BeginsWithTheVersionAndGrows) {
  const testing::TemporaryFolder folder;
  EXPECT_FALSE(holds_event_file(folder / "run" / "flow"));
  EventFile file(folder / "run" / "flow");
  EXPECT_TRUE(holds_event_file(folder / "run" / "flow"));
  EXPECT_NE(file.path().filename().string().find("tfevents"), std::string::npos);
  for (int64_t step = 1; step <= 3; ++step) {
    file.append({number_event(step)});
    const auto events = testing::read_event_file(file.path());  // readable at every moment
    ASSERT_EQ(events.size(), static_cast<size_t>(step + 1));
    EXPECT_EQ(events[0].version, "brain.Event:2");
    EXPECT_EQ(events.back().step, step);
  }
}

TEST(EventFile, NamesFollowEachOther) {
  const testing::TemporaryFolder folder;
  std::string last;
  for (int i = 0; i < 4; ++i) {
    const EventFile file(folder.path());
    EXPECT_GT(file.path().filename().string(), last);
    last = file.path().filename().string();
  }
  EXPECT_EQ(folder.count(), 4u);
}

TEST(EventFile, AFullDiskLeavesWholeRecordsAndTheNextAttemptFollows) {
  const testing::TemporaryFolder folder;
  EventFile file(folder.path());
  file.append({number_event(1)});
  const auto whole = fs::file_size(file.path());
  {
    const testing::FileSizeLimit full(whole + 20);
    EXPECT_THROW(file.append({number_event(2)}), RunError);
  }
  EXPECT_EQ(fs::file_size(file.path()), whole);
  file.append({number_event(2), number_event(3)});
  const auto events = testing::read_event_file(file.path());
  ASSERT_EQ(events.size(), 4u);
  EXPECT_EQ(events[2].step, 2);
  EXPECT_EQ(events[3].numbers.at("a"), 3.f);
}

TEST(EventFile, AFolderThatCannotBeMadeIsNamed) {
  const testing::TemporaryFolder folder;
  std::ofstream(folder / "file") << "x";
  try {
    const EventFile file(folder / "file" / "flow");
    FAIL() << "no error";
  } catch (const RunError& error) {
    EXPECT_NE(std::string(error.what()).find("file/flow"), std::string::npos) << error.what();
  }
}

TEST(EventFile, OneThatCannotBeBegunIsRemoved) {
  const testing::TemporaryFolder folder;
  const testing::FileSizeLimit full(4);
  EXPECT_THROW(EventFile(folder.path()), RunError);
  EXPECT_EQ(folder.count(), 0u);
}

}  // namespace
}  // namespace lf::files
