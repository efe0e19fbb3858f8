// Bytes as text (RFC 4648, section 4), for images inside a page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lf::files {

/// The bytes in base64, with padding.
std::string base64(const std::vector<uint8_t>& bytes);

}  // namespace lf::files
