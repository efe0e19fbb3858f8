// What must hold of a picture's bytes before stb may read them: it trusts some numbers that it should not.
#pragma once
#include <cstdint>
#include <vector>

namespace lf {

/// False for a JPEG one of whose Huffman tables names more than 256 codes, the most there are: stb
/// (before 2.29) would write past the end of its own table. True for anything else, sound or not.
bool jpeg_tables_fit(const std::vector<uint8_t>& bytes);

/// False for a PNG one of whose chunks is longer than the file: stb would reserve up to two gigabytes for it.
/// True for anything else, sound or not.
bool png_chunks_fit(const std::vector<uint8_t>& bytes);

}  // namespace lf
