// What a file is, by its first bytes and never by its name.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lf {

/// What the program can do with a file.
enum class FileUse { Picture, Model, Data, None };

/// One kind of file.
struct FileKind {
  FileUse use = FileUse::None;
  const char* word = "";    ///< short, for a list: "picture", "model", "data", "TIFF"
  const char* what = "";    ///< in a sentence: "a TIFF image"
  const char* advice = "";  ///< what to do with one that cannot be used; "" where nobody knows
};

inline constexpr size_t kKindBytes = 4096;  ///< as much of a file as is looked at

/// The kind of a file that begins with these bytes (all of them, or at least kKindBytes).
FileKind file_kind(const std::vector<uint8_t>& head);

/// The kind of a file. Throws InputError where it is missing, no regular file or cannot be read.
FileKind file_kind_of(const std::filesystem::path& path);

/// The error for a file of a kind that is not `wanted` ("an image", "a model"): names the file, says what it
/// is and what to do.
std::string wrong_kind(const std::string& name, const FileKind& kind, const std::string& wanted);

}  // namespace lf
