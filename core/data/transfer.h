#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "data/part_file.h"

namespace lf {

/// How long to wait, how much to take, and whom to believe.
struct TransferLimits {
  int connect_seconds = 15, stall_seconds = 20;
  uint64_t max_file_bytes = 64ull << 20;
  std::string certificates;  ///< a file of authorities to trust for https; empty: the system's
};

/// One file on its way from a URL into a part file; continues where an earlier part ended. Built only with
/// libcurl.
class Transfer {
 public:
  enum class Result { kMore, kDone, kFailed };

  /// The slowest that is waited for, in bytes a second over TransferLimits::stall_seconds.
  static constexpr uint64_t kSlowest = 500;

  /// Starts the transfer; nothing is waited for. `part` must outlive this.
  Transfer(const std::string& url, PartFile& part, const TransferLimits& limits);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// Moves bytes for at most about max_ms milliseconds. Throws RunError when the part file cannot be written.
  Result poll(int max_ms);
  /// True when the transfer continued an earlier part.
  bool resumed() const;
  /// After kFailed: true when the part file is of no use: the server would not continue it, or it has grown
  /// larger than the file may be.
  bool part_useless() const;
  /// After kFailed: one line, without the URL.
  const std::string& why() const;

 private:
  Result check_patience();
  Result fail(int code);
  struct Curl;
  std::unique_ptr<Curl> curl_;
};

}  // namespace lf
