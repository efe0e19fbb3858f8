// CRC-32C: the checksum of the records of an event file.
#pragma once

#include <cstdint>
#include <string_view>

namespace lf::files {

/// CRC-32C (Castagnoli's polynomial 0x1EDC6F41, reflected; RFC 3720, appendix B.4).
uint32_t crc32c(std::string_view bytes);

/// As a record stores it: rotated right by 15 bits plus 0xA282EAD8, because the CRC of data that
/// contain their own CRC would not protect them.
uint32_t masked_crc32c(std::string_view bytes);

}  // namespace lf::files
