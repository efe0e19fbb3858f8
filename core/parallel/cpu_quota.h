// How much processor time the container or the batch system lets this process have.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace lf {

/// The processors that the control groups of this process allow it (quota divided by period, at least a part
/// of one; the smallest of its group and the groups above it); nothing where none sets a limit or none can be
/// read. Linux: `groups` is the text of /proc/self/cgroup, `mounts` the folder where the groups are mounted
/// (version 2: cpu.max; version 1: cpu.cfs_quota_us and cpu.cfs_period_us, below cpu/).
std::optional<double> cpu_quota(const std::string& groups, const std::filesystem::path& mounts);

/// The same of this process, as the system tells it now.
std::optional<double> cpu_quota();

}  // namespace lf
