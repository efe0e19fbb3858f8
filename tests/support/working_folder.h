// Another working folder until the end of a scope.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "temporary_folder.h"

namespace lf::testing {

class WorkingFolder {
 public:
  explicit WorkingFolder(const std::filesystem::path& folder) : before_(open(".", O_PATH | O_DIRECTORY)) {
    EXPECT_EQ(chdir(folder.c_str()), 0) << folder;
  }
  /// One that was removed meanwhile: it no longer has a path, and nothing can be created in it.
  static WorkingFolder removed() { return WorkingFolder(TemporaryFolder().path()); }
  ~WorkingFolder() {
    EXPECT_EQ(fchdir(before_), 0);
    close(before_);
  }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

 private:
  int before_;
};

}  // namespace lf::testing
