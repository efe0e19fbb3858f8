#include "records/record_fields.h"

#include "base/errors.h"
#include "base/number_text.h"
#include "records/digest_text.h"

namespace lf::records {
namespace {

constexpr double kMostRecorded = 1e15;

}  // namespace

RecordFields::RecordFields(const nlohmann::ordered_json& from, std::string file, std::string place,
                           const RecordRules& rules)
    : from_(from), file_(std::move(file)), place_(std::move(place)), rules_(rules) {
  if (!from_.is_object()) refuse("", "an object");
}

const nlohmann::ordered_json& RecordFields::value(const char* key) const {
  const auto found = from_.find(key);
  if (found == from_.end()) refuse(key, "there");
  return *found;
}

double RecordFields::number(const char* key, double least, double most) const {
  const auto& found = value(key);
  if (!found.is_number()) refuse(key, "a number");
  const auto number = found.get<double>();
  if (!(number >= least && number <= most))
    refuse(key, "from " + number_text(least) + " to " + number_text(most));
  return number;
}

int64_t RecordFields::count(const char* key) const {
  return static_cast<int64_t>(number(key, 0, kMostRecorded));
}

std::string RecordFields::words(const char* key) const {
  const auto& found = value(key);
  if (!found.is_string() || found.get_ref<const std::string&>().size() > rules_.most_text)
    refuse(key, "a text of at most " + std::to_string(rules_.most_text) + " bytes");
  return found.get<std::string>();
}

std::string RecordFields::digest(const char* key) const {
  const std::string text = words(key);
  if (!is_sha256_text(text)) refuse(key, "a SHA-256 of 64 hexadecimal digits");
  return text;
}

void RecordFields::refuse(const std::string& key, const std::string& must) const {
  const std::string whole = place_ + key;
  throw InputError(file_ + ": " + (whole.empty() ? "the record" : "'" + whole + "'") + " must be " + must +
                   "; " + rules_.advice);
}

}  // namespace lf::records
