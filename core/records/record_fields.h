// Reads the objects of a record strictly: every missing or impossible value is an error that names its place.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace lf::records {

/// What a kind of record allows and says.
struct RecordRules {
  size_t most_text = 1000;  ///< bytes of one text
  std::string advice;       ///< ends every error: what to do
};

/// One object. It, its file's name and the rules outlive this.
class RecordFields {
 public:
  /// `place` is where the object is in the record: "", or "runs[3].". Throws InputError unless it is an
  /// object.
  RecordFields(const nlohmann::ordered_json& from, std::string file, std::string place,
               const RecordRules& rules);

  /// Each throws InputError for a missing value and for one of another kind or range.
  const nlohmann::ordered_json& value(const char* key) const;
  double number(const char* key, double least, double most) const;
  int64_t count(const char* key) const;  ///< 0 to 1e15
  std::string words(const char* key) const;
  std::string digest(const char* key) const;  ///< a SHA-256

  /// Throws the InputError that the value under `key` ("" is the object itself) must be something else.
  [[noreturn]] void refuse(const std::string& key, const std::string& must) const;

 protected:
  const std::string& file() const { return file_; }
  const std::string& place() const { return place_; }

 private:
  const nlohmann::ordered_json& from_;
  std::string file_, place_;
  const RecordRules& rules_;
};

}  // namespace lf::records
