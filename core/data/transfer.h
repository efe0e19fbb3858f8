#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace lf {

/// How long to wait and how much to take.
struct TransferLimits {
  int connect_seconds = 15, stall_seconds = 20;
  uint64_t max_file_bytes = 64ull << 20;
};

/// One file on its way from a URL into a part file; continues where an earlier part ended. Built only with
/// libcurl.
class Transfer {
 public:
  enum class Result { kMore, kDone, kFailed };

  /// Starts the transfer; nothing is waited for. Throws RunError when the part file cannot be written.
  Transfer(const std::string& url, const std::filesystem::path& part, const TransferLimits& limits);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// Moves bytes for at most about max_ms milliseconds.
  Result poll(int max_ms);
  /// Bytes in the part file, those of earlier runs included.
  uint64_t bytes() const;
  /// Bytes the file will have, as the server said; 0 = it did not say.
  uint64_t expected_bytes() const;
  /// True when the transfer continued an earlier part.
  bool resumed() const;
  /// After kFailed: true when the server would not continue that part.
  bool range_refused() const;
  /// After kFailed: one line, without the URL.
  const std::string& why() const;

 private:
  Result check_patience();
  struct Curl;
  std::unique_ptr<Curl> curl_;
};

}  // namespace lf
