// Decompression with limits: a small file must not fill the memory.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace lf::files {

/// Unpacks a gzip stream piece by piece (several members are joined). Errors are InputErrors that call the
/// source `name`.
class Gunzip {
 public:
  /// Receives unpacked bytes.
  using Sink = std::function<void(const uint8_t* data, size_t n)>;

  /// Refuses streams that unpack to more than max_bytes.
  Gunzip(std::string name, uint64_t max_bytes);
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;
  /// Unpacks n more bytes of the stream into the sink. Throws when it is damaged, too large or not
  /// gzip, and then says what it is.
  void feed(const uint8_t* data, size_t n, const Sink& sink);
  /// Finishes the stream; throws when it ended early.
  void finish() const;

 private:
  struct Stream;
  void inflate_some(const Sink& sink);
  [[noreturn]] void refuse_other(const uint8_t* data, size_t n) const;
  std::string name_;
  uint64_t max_bytes_, unpacked_ = 0;
  std::unique_ptr<Stream> stream_;
};

/// True when the bytes begin with the gzip magic 1f 8b.
bool is_gzip(const std::vector<uint8_t>& bytes);

/// The bytes themselves, or their unpacked content if they are gzip. Throws InputError, calling the
/// source `name`, when the stream is damaged, ends early, or the result has more than max_bytes or,
/// beyond 64 MiB, more than 200 times its own size.
std::vector<uint8_t> gunzip_if_needed(std::vector<uint8_t> bytes, const std::string& name,
                                      uint64_t max_bytes);

}  // namespace lf::files
