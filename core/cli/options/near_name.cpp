#include "cli/options/near_name.h"

#include <algorithm>
#include <numeric>

namespace lf::cli {
namespace {

/// Lower case, without leading dashes.
std::string bare(const std::string& word) {
  std::string text = word.substr(std::min(word.find_first_not_of('-'), word.size()));
  for (char& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = char(letter - 'A' + 'a');
  return text;
}

/// Levenshtein distance: the number of letters to insert, delete or change.
size_t distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t(0));
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t corner = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t changed = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
      corner = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string near_name(const std::string& word, const std::vector<std::string>& known) {
  constexpr size_t kMostLetters = 40, kMostChanges = 2;
  const std::string wanted = bare(word);
  if (wanted.empty() || wanted.size() > kMostLetters) return "";
  for (const auto& name : known)
    if (wanted.size() >= 2 && bare(name).rfind(wanted, 0) == 0) return name;
  std::string nearest;
  size_t least = std::min(kMostChanges, (wanted.size() - 1) / 2) + 1;
  for (const auto& name : known) {
    const size_t changes = distance(wanted, bare(name));
    if (changes < least) least = changes, nearest = name;
  }
  return nearest;
}

}  // namespace lf::cli
