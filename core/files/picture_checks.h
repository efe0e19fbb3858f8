#pragma once
#include <cstdint>
#include <vector>

namespace lf {

/// False for a JPEG one of whose Huffman tables names more than 256 codes, the most there are: stb
/// (before 2.29) would write past the end of its own table. True for anything else, sound or not.
bool jpeg_tables_fit(const std::vector<uint8_t>& bytes);

}  // namespace lf
