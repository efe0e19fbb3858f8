#include "base/command_words.h"

#include <algorithm>

#include "base/assignment.h"
#include "base/errors.h"
#include "base/number_text.h"

namespace lf {

std::string joined_names(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

CommandWords::CommandWords(std::string verb, const std::vector<std::string>& words, size_t path_words)
    : verb_(std::move(verb)) {
  for (const auto& word : words) {
    const auto named = split_assignment(word);
    if (!named || named->key.empty() || bare_.size() < path_words) {
      bare_.push_back(word);
    } else if (!named_.emplace(named->key, named->value).second) {
      throw InputError(verb_ + ": '" + named->key + "' is given twice; give it once");
    }
  }
}

bool CommandWords::given(const std::string& key) {
  used_.push_back(key);
  return named_.count(key) > 0;
}

void CommandWords::refuse(const std::string& key, const std::string& why) const {
  throw InputError(verb_ + ": " + key + "=" + named_.at(key) + " " + why);
}

std::string CommandWords::required(size_t index, const std::string& what) const {
  if (bare(index).empty()) throw InputError(verb_ + " needs " + what);
  return bare_[index];
}

const std::map<std::string, std::string>& CommandWords::all_named() {
  for (const auto& pair : named_) used_.push_back(pair.first);
  return named_;
}

std::string CommandWords::text(const std::string& key, const std::string& fallback) {
  return given(key) ? named_.at(key) : fallback;
}

std::string CommandWords::choice(const std::string& key, const std::vector<std::string>& known,
                                 const std::string& fallback) {
  const auto value = text(key, fallback);
  if (given(key) && std::find(known.begin(), known.end(), value) == known.end()) {
    refuse(key, "is unknown; known are " + joined_names(known));
  }
  return value;
}

double CommandWords::number(const std::string& key, double fallback, double min, double max) {
  if (!given(key)) return fallback;
  const auto value = parse_number(named_.at(key));
  if (!value) refuse(key, "is not a number");
  if (*value < min || *value > max) {
    refuse(key, "is out of range; give " + number_text(min) + " to " + number_text(max));
  }
  return *value;
}

int64_t CommandWords::integer(const std::string& key, int64_t fallback, int64_t min, int64_t max) {
  if (!given(key)) return fallback;
  const auto value = parse_integer(named_.at(key));
  if (!value) refuse(key, "is not a whole number");
  if (*value < min || *value > max) {
    refuse(key, "is out of range; give " + std::to_string(min) + " to " + std::to_string(max));
  }
  return *value;
}

uint64_t CommandWords::seed(const std::string& key, uint64_t fallback) {
  if (!given(key)) return fallback;
  const auto value = parse_seed(named_.at(key));
  if (!value) refuse(key, "is not a seed; give a whole number from 0 to 18446744073709551615");
  return *value;
}

bool CommandWords::on(const std::string& key) { return choice(key, {"on", "off"}, "off") == "on"; }

void CommandWords::expect_all_used(size_t most_bare) const {
  for (const auto& entry : named_) {
    if (std::find(used_.begin(), used_.end(), entry.first) != used_.end()) continue;
    std::vector<std::string> known(used_);
    known.erase(std::unique(known.begin(), known.end()), known.end());
    throw InputError(verb_ + ": unknown argument '" + entry.first + "'; known are " +
                     (known.empty() ? "none" : joined_names(known)));
  }
  if (bare_.size() > most_bare) throw InputError(verb_ + ": unexpected word '" + bare_[most_bare] + "'");
}

}  // namespace lf
