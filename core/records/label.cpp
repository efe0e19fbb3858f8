#include "records/label.h"

#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "protocol/run_label.h"

namespace lf::records {
namespace {

using LabelJson = nlohmann::ordered_json;

LabelJson label_object(const std::string& text, const std::string& file) {
  LabelJson found = LabelJson::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!found.is_object()) throw InputError(file + ": it is not a JSON object");
  return found;
}

/// The value of a key if it exists. Throws InputError for one of another type.
template <class T>
void take_value(const LabelJson& from, const char* key, T& value, const std::string& file) {
  const auto found = from.find(key);
  if (found == from.end()) return;
  try {
    value = found->get<T>();
  } catch (const nlohmann::json::exception&) {
    throw InputError(file + ": '" + key + "' has another type");
  }
}

}  // namespace

RunLabel parse_label(const std::string& text, const std::string& file) {
  const LabelJson object = label_object(text, file);
  RunLabel label;
  take_value(object, "name", label.name, file);
  take_value(object, "note", label.note, file);
  take_value(object, "tags", label.tags, file);
  take_value(object, "star", label.star, file);
  const std::string why = label_problem(label);
  if (!why.empty()) throw InputError(file + ": " + why);
  return label;
}

std::string label_text(const RunLabel& label, const std::string& before) {
  LabelJson object = before.empty() ? LabelJson::object() : label_object(before, "");
  object["name"] = label.name;
  object["note"] = label.note;
  object["tags"] = label.tags;
  object["star"] = label.star;
  return object.dump(2) + "\n";
}

}  // namespace lf::records
