// Under which names and in which folders the four files of a data set are found.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lf {

/// What the name of an IDX file says.
struct IdxName {
  std::string set;  ///< what stands before "train" or "t10k": "" usually, or "emnist-digits", "qmnist", …
  size_t role = 0;  ///< 0 training images, 1 training labels, 2 test images, 3 test labels
};

/// Reads a file's name: "train-images-idx3-ubyte.gz", "t10k-labels.idx1-ubyte", "test_images.gz",
/// "EMNIST-digits-train-images-idx3-ubyte", … Nothing where it is none.
std::optional<IdxName> parse_idx_name(const std::string& name);

/// The four files of one data set.
struct IdxSet {
  std::string name;              ///< IdxName::set
  std::filesystem::path folder;  ///< where they lie: the folder itself, or one below it
  std::array<std::filesystem::path, 4> files;
};

/// The complete data sets of a folder: its own, or where it has none those of MNIST/raw, raw, gzip and the
/// like below it (as torchvision and the authors of EMNIST lay them out). Each file may also lie in a folder
/// of its own name. Empty where there is none, or no such folder.
std::vector<IdxSet> find_idx_sets(const std::filesystem::path& folder);

/// The one data set to read in `folder`, or in the folder of `folder` where it is one of the four files
/// itself. Throws InputError that says what is missing and what lies there instead, or which of several data
/// sets there are.
IdxSet require_idx_set(const std::filesystem::path& folder);

/// EMNIST stores rows and columns of each image exchanged.
bool is_transposed_set(const std::string& set);

}  // namespace lf
