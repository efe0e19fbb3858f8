#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "data/image_set.h"

namespace lf {

/// One of the four files of an IDX data set: its usual name without ".gz", the digest that identifies MNIST's
/// own copy, how large its compressed copy is on the public mirrors (bytes; 0 = unknown), and how large it is
/// unpacked (bytes).
struct IdxFileSpec {
  std::string name;
  std::string sha256;  ///< of the decompressed bytes
  uint64_t gz_bytes = 0;
  uint64_t bytes = 0;
};
using IdxFileTable = std::array<IdxFileSpec, 4>;

/// MNIST's files in the order train images, train labels, test images, test labels.
const IdxFileTable& mnist_files();

/// Loads the four files of a folder, with or without ".gz", "-idx3-ubyte" or ".idx3-ubyte".
/// Throws InputError in one line: missing folder or file, or anything idx.h refuses.
Dataset load_idx_folder(const std::filesystem::path& folder);

/// The file of `folder` that goes by this usual name or one of its variants; nothing when there is none.
std::optional<std::filesystem::path> find_idx_file(const std::filesystem::path& folder,
                                                   const std::string& name);
/// True when all four files are there under one of their names.
bool holds_idx_files(const std::filesystem::path& folder);

/// The folder of a data set that `path` means: itself, or that of the IDX file (plain or gzip) it is.
std::filesystem::path data_folder_of(const std::filesystem::path& path);

/// The digest of a data set: SHA-256 over the hexadecimal digests of its four files, in the order of
/// mnist_files().
std::string dataset_digest(const std::array<std::string, 4>& file_digests);

/// The user's cache folder: $LATENTFLOW_CACHE, else $XDG_CACHE_HOME/latentflow, else ~/.cache/latentflow.
std::filesystem::path cache_folder();
/// Where downloaded MNIST lives: cache_folder()/data/mnist.
std::filesystem::path mnist_cache_folder();

/// The folder to load, in the order: `wanted` (from --data), $LATENTFLOW_DATA, the cache. The first two are
/// returned as they are named (loading them then says what is wrong), the cache only when it is complete.
/// Nothing: no data.
std::optional<std::filesystem::path> find_data_folder(const std::string& wanted);

}  // namespace lf
