// gzip streams, whole and in pieces as in a download.
#include <algorithm>

#include "files/gzip.h"
#include "fuzz_target.h"

namespace lf::fuzz {
namespace {

constexpr uint64_t kMostUnpacked = 4 << 20;

std::vector<uint8_t> in_pieces(const uint8_t* data, size_t size) {
  std::vector<uint8_t> out;
  files::Gunzip gunzip("pieces", kMostUnpacked);
  for (size_t at = 0, n = 1; at < size; at += n, n = n % 7 + 1) {
    n = std::min(n, size - at);
    gunzip.feed(data + at, n, [&](const uint8_t* p, size_t count) { out.insert(out.end(), p, p + count); });
  }
  gunzip.finish();
  return out;
}

}  // namespace

void fuzz_one(const uint8_t* data, size_t size) {
  const auto bytes = bytes_of(data, size);
  std::vector<uint8_t> whole, pieces;
  const bool sound =
      sound_or_refused([&] { whole = files::gunzip_if_needed(bytes, "whole", kMostUnpacked); });
  if (!files::is_gzip(bytes)) return;
  const bool also = sound_or_refused([&] { pieces = in_pieces(data, size); });
  require(sound == also && (!sound || whole == pieces), "pieces unpack to the same as the whole");
}

}  // namespace lf::fuzz
