#include "files/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <utility>

#include "base/errors.h"
#include "files/file_kind.h"

namespace lf::files {

namespace {
constexpr uint8_t kGzipStart = 0x1f;
}

struct Gunzip::Stream {
  z_stream z{};
  bool member_ended = false;  ///< a whole member was read; another may follow
  bool trailing = false;      ///< the rest is not gzip; it is ignored, as in gzip itself
};

Gunzip::Gunzip(std::string name, uint64_t max_bytes)
    : name_(std::move(name)), max_bytes_(max_bytes), stream_(std::make_unique<Stream>()) {
  constexpr int kGzipOnly = 15 + 16;  // zlib: largest window, gzip wrapping
  if (inflateInit2(&stream_->z, kGzipOnly) != Z_OK)
    throw RunError("cannot unpack '" + name_ + "': no memory");
}

Gunzip::~Gunzip() { inflateEnd(&stream_->z); }

void Gunzip::inflate_some(const Sink& sink) {
  uint8_t out[1 << 16];
  z_stream& z = stream_->z;
  z.next_out = out;
  z.avail_out = sizeof out;
  const int code = inflate(&z, Z_NO_FLUSH);
  const size_t n = sizeof out - z.avail_out;
  unpacked_ += n;
  if (unpacked_ > max_bytes_) {
    throw InputError("cannot unpack '" + name_ + "': it holds more than the " + std::to_string(max_bytes_) +
                     " bytes expected here");
  }
  if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
    throw InputError("cannot unpack '" + name_ + "': the gzip data are damaged; fetch the file again");
  }
  if (n > 0) sink(out, n);
  stream_->member_ended = code == Z_STREAM_END;
}

/// Something else came under this name, usually a server's web page.
void Gunzip::refuse_other(const uint8_t* data, size_t n) const {
  const std::string what = kind_sentence(file_kind(data, n));
  throw InputError("cannot unpack '" + name_ +
                   "': " + (what.empty() ? "it is not a gzip file; fetch it again" : what));
}

void Gunzip::feed(const uint8_t* data, size_t n, const Sink& sink) {
  z_stream& z = stream_->z;
  if (z.total_in == 0 && unpacked_ == 0 && n > 0 && data[0] != kGzipStart) refuse_other(data, n);
  while (n > 0 && !stream_->trailing) {
    const size_t piece = std::min<size_t>(n, 1 << 20);
    z.next_in = const_cast<Bytef*>(data);  // zlib's old interface; it only reads
    z.avail_in = uInt(piece);
    for (bool full = false; (z.avail_in > 0 || full) && !stream_->trailing;) {
      if (stream_->member_ended) {
        stream_->trailing = *z.next_in != kGzipStart;
        if (stream_->trailing) break;
        inflateReset(&z);
      }
      inflate_some(sink);
      full = z.avail_out == 0 && !stream_->member_ended;
    }
    data += piece, n -= piece;
  }
}

void Gunzip::finish() const {
  if (stream_->member_ended) return;
  if (stream_->z.total_in == 0 && unpacked_ == 0) refuse_other(nullptr, 0);
  throw InputError("cannot unpack '" + name_ + "': the gzip data end early; fetch the file again");
}

bool is_gzip(const std::vector<uint8_t>& bytes) {
  return bytes.size() >= 2 && bytes[0] == kGzipStart && bytes[1] == 0x8b;
}

namespace {

/// The largest plausible unpacked size of `packed` bytes: more is an attack. Digits unpack to about
/// five times their size.
uint64_t most_unpacked(uint64_t packed) {
  constexpr uint64_t kAlways = 64 << 20, kTimes = 200;
  return std::max(kAlways, kTimes * packed);
}

}  // namespace

std::vector<uint8_t> gunzip_if_needed(std::vector<uint8_t> bytes, const std::string& name,
                                      uint64_t max_bytes) {
  if (!is_gzip(bytes)) {
    if (bytes.size() <= max_bytes) return bytes;
    throw InputError("cannot read '" + name + "': it has more than the " + std::to_string(max_bytes) +
                     " bytes expected here");
  }
  std::vector<uint8_t> unpacked;
  Gunzip gunzip(name, std::min(max_bytes, most_unpacked(bytes.size())));
  gunzip.feed(bytes.data(), bytes.size(),
              [&](const uint8_t* data, size_t n) { unpacked.insert(unpacked.end(), data, data + n); });
  gunzip.finish();
  return unpacked;
}

}  // namespace lf::files
