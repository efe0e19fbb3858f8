// The download of MNIST, in slices: safe against interruptions and wrong bytes.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "data/mnist.h"

namespace lf::data {

/// Base URLs to try in turn: $LATENTFLOW_MIRRORS (separated by blanks or commas), else the public copies of
/// MNIST.
std::vector<std::string> default_mirrors();

/// True when this build can download.
bool download_available();

/// What to download, and time limits. The defaults download MNIST.
struct DownloadPlan {
  std::vector<std::string> mirrors = default_mirrors();
  std::filesystem::path folder = mnist_cache_folder();
  IdxFileTable files = mnist_files();
  int connect_seconds = 15;               ///< no connection after this long: next mirror
  int stall_seconds = 20;                 ///< no bytes, or under 500 a second, for this long: next mirror
  uint64_t max_file_bytes = 64ull << 20;  ///< a larger file is rejected
  std::string certificates;               ///< a file of trusted authorities for https; empty: the system's
};

enum class DownloadState { kRunning, kDone, kFailed, kCancelled };

/// Progress of a download. `total_bytes` is the expected size of the four files (0 = not known
/// yet).
struct DownloadProgress {
  DownloadState state = DownloadState::kRunning;
  uint64_t done_bytes = 0, total_bytes = 0;
  std::string file;    ///< the current file's name
  std::string mirror;  ///< the current base URL
  std::string error;   ///< one line when failed; while running, why the last mirror was abandoned
};

/// Downloads the four files one after another in slices: call poll() until it returns false. Bytes
/// go to NAME.gz.part, and a later run continues there (HTTP range). A file gets its name only
/// after the SHA-256 of its decompressed bytes has matched; no more than the expected number of
/// bytes is ever unpacked. Existing files are kept. A mirror that refuses, stalls or sends other
/// bytes is abandoned for the next one. Network errors do not throw: they become state.
class Download {
 public:
  /// Prepares the job and makes the folder. Throws RunError when this build has no libcurl or the folder
  /// cannot be made, InputError for a mirror that is not http(s) or an empty list.
  explicit Download(DownloadPlan plan = {});
  ~Download();
  Download(const Download&) = delete;
  Download& operator=(const Download&) = delete;

  /// Works for at most about max_ms milliseconds; true while there is more to do.
  bool poll(int max_ms);
  DownloadProgress progress() const;
  /// Stops; the partial file stays for the next time. poll() then returns false.
  void cancel();

 private:
  struct Job;
  std::unique_ptr<Job> job_;
};

}  // namespace lf::data
