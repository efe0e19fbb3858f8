// One HTTP request of a download, by libcurl without waiting.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "data/part_file.h"

namespace lf::data {

/// Limits of time and size, and trusted authorities.
struct TransferLimits {
  int connect_seconds = 15, stall_seconds = 20;
  uint64_t max_file_bytes = 64ull << 20;
  std::string certificates;  ///< a file of trusted authorities for https; empty: the system's
};

/// The transfer of one file from a URL into a partial file; continues where an earlier one ended.
/// Built only with libcurl.
class Transfer {
 public:
  enum class Result { kMore, kDone, kFailed };

  /// The lowest accepted rate, in bytes per second over TransferLimits::stall_seconds.
  static constexpr uint64_t kSlowest = 500;

  /// Starts the transfer without waiting. `part` must outlive this object.
  Transfer(const std::string& url, PartFile& part, const TransferLimits& limits);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// Transfers for at most about max_ms milliseconds. Throws RunError when the partial file cannot
  /// be written.
  Result poll(int max_ms);
  /// True when the transfer continued an earlier partial file.
  bool resumed() const;
  /// After kFailed: true when the partial file is useless: the server would not continue it, or it
  /// is larger than the file may be.
  bool part_useless() const;
  /// After kFailed: one line, without the URL.
  const std::string& why() const;

 private:
  Result check_patience();
  Result fail(int code);
  struct Curl;
  std::unique_ptr<Curl> curl_;
};

}  // namespace lf::data
