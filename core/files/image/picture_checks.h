// Checks of an image's bytes before stb reads them: stb trusts some numbers without checking.
#pragma once
#include <cstdint>
#include <vector>

namespace lf::files {

/// False for a JPEG with a Huffman table of more than 256 codes, the maximum: stb (before 2.29)
/// would write beyond its own table. True for anything else, valid or not.
bool jpeg_tables_fit(const std::vector<uint8_t>& bytes);

/// False for a PNG with a chunk longer than the file: stb would reserve up to two gigabytes for it.
/// True for anything else, valid or not.
bool png_chunks_fit(const std::vector<uint8_t>& bytes);

}  // namespace lf::files
