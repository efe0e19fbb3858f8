// Weights wherever they lie: in one file, or split over the parts of a series and read as one.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "files/tensors/safetensors_reader.h"

namespace lf {

/// The tensors behind one path: a .safetensors file, an index, one part of a series, or a folder that holds
/// one of these. Headers are read and checked at once, tensors when somebody wants them.
class WeightFiles {
 public:
  /// Throws InputError: for files that are not sound, missing parts (all named), parts that do not belong
  /// together, and folders in which nothing or more than one thing could be meant.
  explicit WeightFiles(const std::filesystem::path& path);

  /// Where one tensor lies.
  struct Stored {
    size_t file = 0;  ///< which of files()
    TensorSpan span;
  };
  const std::map<std::string, Stored>& tensors() const { return tensors_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  const std::vector<SafetensorsReader>& files() const { return files_; }
  /// How people named it.
  const std::string& path() const { return path_; }

  /// Throws InputError where there is no such tensor or its file ends early.
  TensorBytes read(const std::string& name);
  /// Everything, as read_safetensors gives it.
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

}  // namespace lf
