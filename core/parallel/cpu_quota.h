// The processor time that the container or batch system allows this process.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace lf::parallel {

/// The processors that the control groups of this process allow (quota divided by period, possibly
/// a fraction; the smallest of its group and the groups above it). Nothing if there is no limit or
/// it is unreadable. Linux: `groups` is the text of /proc/self/cgroup, `mounts` the folder where
/// the groups are mounted (version 2: cpu.max; version 1: cpu.cfs_quota_us and cpu.cfs_period_us,
/// below cpu/).
std::optional<double> cpu_quota(const std::string& groups, const std::filesystem::path& mounts);

/// The same for this process, at present.
std::optional<double> cpu_quota();

}  // namespace lf::parallel
