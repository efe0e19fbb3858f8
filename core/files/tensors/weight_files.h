// Weights in one file, or split over the parts of a series and read as one.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "files/tensors/safetensors_reader.h"

namespace lf::files {

/// The tensors behind one path: a .safetensors file, an index, one part of a series, or a folder
/// with one of these. Headers are read and checked at once, tensors on demand.
class WeightFiles {
 public:
  /// Throws InputError for damaged files, missing parts (all named), parts that do not belong
  /// together, and folders with no weights or several.
  explicit WeightFiles(const std::filesystem::path& path);

  /// The location of one tensor.
  struct Stored {
    size_t file = 0;  ///< which of files()
    TensorSpan span;
  };
  const std::map<std::string, Stored>& tensors() const { return tensors_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  const std::vector<SafetensorsReader>& files() const { return files_; }
  /// The name that the user gave.
  const std::string& path() const { return path_; }

  /// Throws InputError if there is no such tensor or its file ends early.
  TensorBytes read(const std::string& name);
  /// All tensors, like read_safetensors.
  Safetensors read_all();

 private:
  void add(const std::filesystem::path& file);
  void add_series(const std::filesystem::path& folder, const std::vector<std::string>& names);
  void add_indexed(const std::filesystem::path& index, const std::string& wanted);
  void add_part(const std::filesystem::path& part);

  std::string path_;
  std::vector<SafetensorsReader> files_;
  std::map<std::string, Stored> tensors_;
  std::map<std::string, std::string> metadata_;
};

}  // namespace lf::files
