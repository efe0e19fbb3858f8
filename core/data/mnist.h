// Finds and loads a data set of four IDX files: MNIST, or another one of the same form.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "files/idx/image_set.h"

namespace lf::data {

/// One of the four files of an IDX data set: its usual name without ".gz", the digest that
/// identifies MNIST's own copy, the size of its compressed copy on the public mirrors (bytes;
/// 0 = unknown), and its unpacked size (bytes).
struct IdxFileSpec {
  std::string name;
  std::string sha256;  ///< of the decompressed bytes
  uint64_t gz_bytes = 0;
  uint64_t bytes = 0;
};
using IdxFileTable = std::array<IdxFileSpec, 4>;

/// MNIST's files in the order train images, train labels, test images, test labels.
const IdxFileTable& mnist_files();

/// Loads the four files of a folder, under all unambiguous names (idx_names.h) and forms
/// (files/idx/form.h). Throws InputError in one line: a missing folder or file and what was found
/// instead, or the errors of idx.h. `note` describes the conversions, "" if the files are in MNIST's
/// form.
files::Dataset load_idx_folder(const std::filesystem::path& folder, std::string* note = nullptr);

/// The file of `folder` with this usual name or one of its variants; nothing when there is none.
std::optional<std::filesystem::path> find_idx_file(const std::filesystem::path& folder,
                                                   const std::string& name);
/// True when the four files of a data set are there, as load_idx_folder() finds them.
bool holds_idx_files(const std::filesystem::path& folder);

/// The folder of a data set that `path` refers to: itself, or that of the IDX file (plain or gzip).
std::filesystem::path data_folder_of(const std::filesystem::path& path);

/// The digest of a data set: SHA-256 over the hexadecimal digests of its four files, in the order of
/// mnist_files().
std::string dataset_digest(const std::array<std::string, 4>& file_digests);

/// Where downloaded MNIST lives: data/mnist in the person's cache folder (base/user_folders.h).
std::filesystem::path mnist_cache_folder();

/// A folder in which data are searched, and whether the user named it.
struct DataPlace {
  std::filesystem::path folder;
  bool named = false;
};
/// The folders in which data are searched, in this order: `wanted` (from --data), $LATENTFLOW_DATA,
/// the cache if complete.
std::vector<DataPlace> data_places(const std::string& wanted);

/// Renames the files of `folder` that are not MNIST's own (NAME.unsound), so that they are
/// downloaded again. Only for the cache: elsewhere they may be another data set.
void set_aside_unsound(const std::filesystem::path& folder);

}  // namespace lf::data
