// The names and folders under which the four files of a data set are found.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lf::data {

/// The meaning of an IDX file's name.
struct IdxName {
  std::string set;  ///< the part before "train" or "t10k": "" usually, or "emnist-digits", "qmnist", …
  size_t role = 0;  ///< 0 training images, 1 training labels, 2 test images, 3 test labels
};

/// Parses a file's name: "train-images-idx3-ubyte.gz", "t10k-labels.idx1-ubyte", "test_images.gz",
/// "EMNIST-digits-train-images-idx3-ubyte", … Nothing for other names.
std::optional<IdxName> parse_idx_name(const std::string& name);

/// The four files of one data set.
struct IdxSet {
  std::string name;              ///< IdxName::set
  std::filesystem::path folder;  ///< their folder: the named one, or one below it
  std::array<std::filesystem::path, 4> files;
};

/// The complete data sets of a folder: its own, or if it has none those of MNIST/raw, raw, gzip and
/// similar subfolders (the layouts of torchvision and of EMNIST's authors). Each file may also be
/// in a folder of its own name. Empty if there is none, or no such folder.
std::vector<IdxSet> find_idx_sets(const std::filesystem::path& folder);

/// The data set to read in `folder`, or in its parent if it is one of the four files itself. Throws
/// InputError that says what is missing and what was found instead, or lists several data sets.
IdxSet require_idx_set(const std::filesystem::path& folder);

/// EMNIST stores rows and columns of each image exchanged.
bool is_transposed_set(const std::string& set);

}  // namespace lf::data
