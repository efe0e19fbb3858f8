// What a list of fields in setting_table.cpp becomes: rows of the table.
#pragma once

#include <any>
#include <string>
#include <vector>

#include "config/settings.h"

namespace lf {

constexpr bool kLog = true, kLinear = false;    ///< how sliders move: by equal factors, or by equal amounts
constexpr bool kLive = true, kNextRun = false;  ///< when a change takes effect

/// A value as text, in its one spelling, and back.
std::string value_text(double value);
std::string value_text(int64_t value);
std::string value_text(bool value);
std::string value_text(const std::string& value);
std::string value_text(const NumberOrWord& value);
void read_value(const std::string& text, double& value);
void read_value(const std::string& text, int64_t& value);
void read_value(const std::string& text, bool& value);
void read_value(const std::string& text, std::string& value);
void read_value(const std::string& text, NumberOrWord& value);

/// Appends the fields of one group of settings to the table.
template <class Group>
class SettingRows {
 public:
  SettingRows(std::vector<SettingInfo>& table, Group SettingValues::*group) : table_(table), group_(group) {}

  void heading(const char* name) { heading_ = name; }
  void number(const char* key, double Group::*member, const char* label, double least, double most,
              const char* unit, bool log, bool live, const char* meaning) {
    ranged(add(SettingKind::Number, key, member, label, live, meaning), least, most, unit, log);
  }
  void number_or(const char* key, NumberOrWord Group::*member, const char* label,
                 const std::vector<NumberWord>& words, double least, double most, const char* unit, bool log,
                 bool live, const char* meaning) {
    SettingInfo& row = add(SettingKind::Number, key, member, label, live, meaning);
    ranged(row, least, most, unit, log);
    for (const NumberWord word : words) row.choices.push_back(value_text(NumberOrWord(word)));
  }
  void integer(const char* key, int64_t Group::*member, const char* label, int64_t least, int64_t most,
               const char* unit, bool log, bool live, const char* meaning) {
    ranged(add(SettingKind::Integer, key, member, label, live, meaning), static_cast<double>(least),
           static_cast<double>(most), unit, log);
  }
  void flag(const char* key, bool Group::*member, const char* label, bool live, const char* meaning) {
    add(SettingKind::Switch, key, member, label, live, meaning);
  }
  void choice(const char* key, std::string Group::*member, const char* label,
              const std::vector<std::string>& known, bool live, const char* meaning) {
    add(SettingKind::Choice, key, member, label, live, meaning).choices = known;
  }
  void path(const char* key, std::string Group::*member, const char* label, bool live, const char* meaning) {
    add(SettingKind::Path, key, member, label, live, meaning);
  }

 private:
  template <class T>
  SettingInfo& add(SettingKind kind, const char* key, T Group::*member, const char* label, bool live,
                   const char* meaning) {
    const auto group = group_;
    SettingInfo row;
    row.key = key;
    row.label = label;
    row.group = heading_;
    row.kind = kind;
    row.initial = value_text(SettingValues().*group.*member);
    row.live = live;
    row.meaning = meaning;
    row.member = member;
    row.text = [=](const SettingValues& values) { return value_text(values.*group.*member); };
    row.read = [=](const std::string& text, SettingValues& values) {
      read_value(text, values.*group.*member);
    };
    row.equal = [=](const SettingValues& a, const SettingValues& b) {
      return a.*group.*member == b.*group.*member;
    };
    table_.push_back(std::move(row));
    return table_.back();
  }

  static void ranged(SettingInfo& row, double least, double most, const char* unit, bool log) {
    row.min = least;
    row.max = most;
    row.unit = unit;
    row.logarithmic = log;
  }

  std::vector<SettingInfo>& table_;
  Group SettingValues::*group_;
  const char* heading_ = "";
};

}  // namespace lf
