#include "parallel/cpu_quota.h"

#include <gtest/gtest.h>

#include <fstream>

#include "temporary_folder.h"

namespace lf::parallel {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

/// A file below `root`, with its folders.
void write(const fs::path& root, const std::string& name, const std::string& text) {
  fs::create_directories((root / name).parent_path());
  std::ofstream(root / name) << text;
}

TEST(CpuQuota, VersionTwoTakesTheSmallestAboveTheProcess) {
  const TemporaryFolder folder;
  const fs::path root = folder.path();
  write(root, "batch/cpu.max", "150000 100000\n");
  write(root, "batch/job/cpu.max", "400000 100000\n");
  EXPECT_DOUBLE_EQ(cpu_quota("0::/batch/job\n", root).value(), 1.5);
  EXPECT_DOUBLE_EQ(cpu_quota("0::/batch\n", root).value(), 1.5);
  EXPECT_FALSE(cpu_quota("0::/elsewhere\n", root));
}

TEST(CpuQuota, AContainersOwnGroupIsTheMount) {
  const TemporaryFolder folder;
  const fs::path root = folder.path();
  write(root, "cpu.max", "50000 100000\n");
  EXPECT_DOUBLE_EQ(cpu_quota("0::/a/path/of/the/host\n", root).value(), 0.5);
  EXPECT_DOUBLE_EQ(cpu_quota("0::/../../x\n", root).value(), 0.5);
}

TEST(CpuQuota, VersionOneReadsTheGroupOfTheProcessor) {
  const TemporaryFolder folder;
  const fs::path root = folder.path();
  write(root, "cpu/slurm/cpu.cfs_quota_us", "300000\n");
  write(root, "cpu/slurm/cpu.cfs_period_us", "100000\n");
  const std::string groups = "8:pids:/slurm\n4:cpu,cpuacct:/slurm\n0::/\n";
  EXPECT_DOUBLE_EQ(cpu_quota(groups, root).value(), 3);
  EXPECT_FALSE(cpu_quota("4:cpuset:/slurm\n", root)) << "a set of processors is no quota";
}

TEST(CpuQuota, NoLimitAndNonsenseAreNone) {
  const TemporaryFolder folder;
  const fs::path root = folder.path();
  write(root, "free/cpu.max", "max 100000\n");
  write(root, "odd/cpu.max", "-5 0\n");
  write(root, "cpu/cpu.cfs_quota_us", "-1\n");
  write(root, "cpu/cpu.cfs_period_us", "100000\n");
  EXPECT_FALSE(cpu_quota("0::/free\n", root));
  EXPECT_FALSE(cpu_quota("0::/odd\n1:cpu:/\n", root));
  EXPECT_FALSE(cpu_quota("", root));
  EXPECT_FALSE(cpu_quota("no colons\n", root));
}

}  // namespace
}  // namespace lf::parallel
