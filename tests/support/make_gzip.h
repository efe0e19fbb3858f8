#pragma once
#include <zlib.h>

#include <cstdint>
#include <stdexcept>
#include <vector>

namespace lf::testing {

/// The gzip form of some bytes.
inline std::vector<uint8_t> make_gzip(const std::vector<uint8_t>& bytes) {
  z_stream z{};
  if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib");
  std::vector<uint8_t> packed(deflateBound(&z, uLong(bytes.size())) + 32);
  z.next_in = const_cast<Bytef*>(bytes.data());
  z.avail_in = uInt(bytes.size());
  z.next_out = packed.data();
  z.avail_out = uInt(packed.size());
  const int code = deflate(&z, Z_FINISH);
  packed.resize(z.total_out);
  deflateEnd(&z);
  if (code != Z_STREAM_END) throw std::runtime_error("zlib");
  return packed;
}

}  // namespace lf::testing
