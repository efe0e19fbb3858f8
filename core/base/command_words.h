// The arguments of one command line: bare words in order and key=value pairs, read strictly.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lf {

/// The words after a verb. Every reader throws InputError that names verb, key and value.
class CommandWords {
 public:
  /// The first `path_words` words are taken as they are, even with '=' in them (paths, values of settings).
  CommandWords(std::string verb, const std::vector<std::string>& words, size_t path_words);

  size_t bare_count() const { return bare_.size(); }
  const std::vector<std::string>& all_bare() const { return bare_; }
  std::string bare(size_t index) const { return index < bare_.size() ? bare_[index] : ""; }
  /// The bare word at `index`; refuses a missing or empty one, naming `what`.
  std::string required(size_t index, const std::string& what) const;

  /// All pairs, for a reader that checks them itself.
  const std::map<std::string, std::string>& all_named();

  std::string text(const std::string& key, const std::string& fallback = "");
  /// One of `known`; an absent key gives `fallback`.
  std::string choice(const std::string& key, const std::vector<std::string>& known,
                     const std::string& fallback);
  /// A number from min to max.
  double number(const std::string& key, double fallback, double min, double max);
  int64_t integer(const std::string& key, int64_t fallback, int64_t min, int64_t max);
  uint64_t seed(const std::string& key, uint64_t fallback);
  bool on(const std::string& key);

  /// Refuses names that no reader asked for and more than `most_bare` bare words: a typing error must not be
  /// silently dropped. Call after all readers.
  void expect_all_used(size_t most_bare) const;

 private:
  bool given(const std::string& key);
  [[noreturn]] void refuse(const std::string& key, const std::string& why) const;

  std::string verb_;
  std::vector<std::string> bare_;
  std::map<std::string, std::string> named_;
  std::vector<std::string> used_;
};

/// "a, b, c".
std::string joined_names(const std::vector<std::string>& names);

}  // namespace lf
