// JSON that people write: a tree whose parts know their lines, so that an error can name the place.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lf::records {

/// A value of a JSON text.
struct LinedJson {
  enum class Kind { Null, Switch, Number, Text, List, Object };
  Kind kind = Kind::Null;
  int line = 1;  ///< where it ends, for lists and objects where they begin; from 1
  bool on = false;
  double number = 0;
  std::string text;
  std::vector<std::pair<std::string, LinedJson>> parts;  ///< of an object with its keys; of a list without

  /// The member `key` of an object; null if there is none.
  const LinedJson* find(const std::string& key) const;
};

/// Parses a whole text. Throws InputError "FILE, line 3: …" for invalid JSON, for a key that an object has
/// twice, and for more than a few levels.
LinedJson parse_lined_json(const std::string& text, const std::string& file);

}  // namespace lf::records
