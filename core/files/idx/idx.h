// The file format of MNIST: images and labels, read, checked and written.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/image_sheet.h"
#include "files/idx/image_set.h"

namespace lf::files {

/// A decompressed IDX file and its SHA-256.
struct IdxFile {
  std::string name;  ///< its name in errors
  std::vector<uint8_t> bytes;
  std::string digest;
};

/// Reads an IDX file, plain or gzip, and decompresses it. Throws InputError (missing, damaged, too large).
IdxFile read_idx_file(const std::filesystem::path& path);

/// The images of a file. Throws InputError: wrong magic, not of kDigitShape, impossible
/// count, truncated.
ImageSheet parse_idx_images(const IdxFile& file);
/// The labels (N), each 0…9. Throws InputError: wrong magic, truncated, a label above 9.
std::vector<uint8_t> parse_idx_labels(const IdxFile& file);

/// Images and labels together; throws InputError also when their counts differ or there are none.
ImageSet parse_idx_pair(const IdxFile& images, const IdxFile& labels);

/// The bytes of an image or label file (plain IDX), for tests and for the digest of built-in data.
std::vector<uint8_t> make_idx_images(const ImageSet& set);
std::vector<uint8_t> make_idx_labels(const ImageSet& set);

}  // namespace lf::files
