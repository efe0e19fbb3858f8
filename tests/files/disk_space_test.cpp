#include "files/disk_space.h"

#include <gtest/gtest.h>

#include "temporary_folder.h"

namespace lf::files {
namespace {

TEST(DiskSpace, OfAFolderAndOfOneThatIsStillToBeMade) {
  const lf::testing::TemporaryFolder folder;
  EXPECT_GT(free_disk_bytes(folder.path()), 0u);
  EXPECT_GT(free_disk_bytes(folder / "a" / "b"), 0u);
}

}  // namespace
}  // namespace lf::files
