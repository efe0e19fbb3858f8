// Free space of a disk.
#pragma once

#include <cstdint>
#include <filesystem>

namespace lf::files {

/// Bytes that this user can still write on the disk of `path`, of which the last parts may be missing; 0 if
/// that is unknown.
uint64_t free_disk_bytes(const std::filesystem::path& path);

}  // namespace lf::files
