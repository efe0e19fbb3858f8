// The system's dialog, with a small program in the place of zenity.
#include "app/file_dialog.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "files/atomic_write.h"
#include "scoped_environment.h"
#include "temporary_folder.h"

namespace lf::app {
namespace {

using panels::FilesMode;

/// A "zenity" that writes its arguments to a file and answers as its own file `answer` says. One folder for
/// all tests, because the program is looked for once.
class FileDialogTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new lf::testing::TemporaryFolder;
    const auto program = folder_->path() / "zenity";
    const std::string here = folder_->path().string();
    files::write_file_atomically(
        program, "#!/bin/sh\nprintf '%s\\n' \"$@\" > " + here + "/called\n. " + here + "/answer\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    path_ = new lf::testing::ScopedEnvironment("PATH", (here + ":/usr/bin:/bin").c_str());
  }
  static void TearDownTestSuite() {
    delete path_;
    delete folder_;
  }

  void answer(const std::string& script) { files::write_file_atomically(folder_->path() / "answer", script); }
  std::string called() const {
    const auto bytes = files::read_file(folder_->path() / "called", 1 << 16);
    return {bytes.begin(), bytes.end()};
  }
  std::optional<std::string> choice(FileDialog& dialog) {
    for (int i = 0; i < 500; ++i) {
      if (const auto chosen = dialog.take_choice()) return chosen;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return std::nullopt;
  }

  static inline lf::testing::TemporaryFolder* folder_ = nullptr;
  static inline lf::testing::ScopedEnvironment* path_ = nullptr;
};

TEST_F(FileDialogTest, GivesTheChosenPathOnce) {
  answer("echo '/a b/model.safetensors'\n");
  FileDialog dialog;
  ASSERT_TRUE(dialog.start(FilesMode::Open, "/a b/"));
  EXPECT_EQ(choice(dialog), "/a b/model.safetensors");
  EXPECT_FALSE(dialog.is_open());
  EXPECT_EQ(dialog.take_choice(), std::nullopt);
  EXPECT_NE(called().find("--filename=/a b/\n"), std::string::npos);
  EXPECT_EQ(called().find("--save"), std::string::npos);
}

TEST_F(FileDialogTest, SavingAsksBeforeItReplaces) {
  answer("echo /x.gif\n");
  FileDialog dialog;
  ASSERT_TRUE(dialog.start(FilesMode::Export, "flow.gif"));
  EXPECT_EQ(choice(dialog), "/x.gif");
  EXPECT_NE(called().find("--save\n--confirm-overwrite\n"), std::string::npos);
}

TEST_F(FileDialogTest, ACancelledOneGivesNothing) {
  answer("echo /x\nexit 1\n");
  FileDialog dialog;
  ASSERT_TRUE(dialog.start(FilesMode::Import, ""));
  EXPECT_EQ(choice(dialog), "");
  EXPECT_NE(called().find("--directory"), std::string::npos);
}

TEST_F(FileDialogTest, AnOpenOneKeepsTheWindowRunningAndEndsWithIt) {
  answer("exec sleep 100\n");
  {
    FileDialog dialog;
    ASSERT_TRUE(dialog.start(FilesMode::Open, ""));
    EXPECT_EQ(dialog.take_choice(), std::nullopt);
    EXPECT_TRUE(dialog.is_open());
    EXPECT_FALSE(dialog.start(FilesMode::Open, "")) << "one at a time";
  }  // does not wait for it
}

}  // namespace
}  // namespace lf::app
