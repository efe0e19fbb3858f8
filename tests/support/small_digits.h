// A few hundred built-in stroke digits, in memory or as IDX files, for tests that train.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

#include "data/stroke_digits.h"
#include "files/atomic_write.h"
#include "files/idx/idx.h"

namespace lf {

inline files::Dataset small_digits(size_t train = 640, size_t test = 200) {
  return data::make_stroke_digits(train, test, 3);
}

/// A new folder under the test's temporary directory.
inline std::filesystem::path fresh_folder(const std::string& name) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("latentflow-test-" + name + "-" + std::to_string(getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

/// The four IDX files of small_digits() in `folder`.
inline void write_small_digits(const std::filesystem::path& folder) {
  const files::Dataset data = small_digits();
  files::write_file_atomically(folder / "train-images-idx3-ubyte", files::make_idx_images(data.train));
  files::write_file_atomically(folder / "train-labels-idx1-ubyte", files::make_idx_labels(data.train));
  files::write_file_atomically(folder / "t10k-images-idx3-ubyte", files::make_idx_images(data.test));
  files::write_file_atomically(folder / "t10k-labels-idx1-ubyte", files::make_idx_labels(data.test));
}

}  // namespace lf
