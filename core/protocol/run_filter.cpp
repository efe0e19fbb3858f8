#include "protocol/run_filter.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

#include "base/printed.h"

namespace lf {
namespace {

std::string lower(std::string text) {
  for (char& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return text;
}

std::vector<std::string> search_words(const std::string& search) {
  std::vector<std::string> words(1);
  for (const char c : lower(search)) {
    if (c != ' ')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// Everything that a plain word is looked for in.
std::string searched_text(const RunSummary& run) {
  std::string text;
  for (const std::string* part : {&run.name, &run.label.name, &run.label.note, &run.preset, &run.data,
                                  &run.state, &run.started, &run.folder})
    text += *part + "\n";
  for (const std::string& tag : run.label.tags) text += tag + "\n";
  return lower(text);
}

bool has_tag(const RunSummary& run, const std::string& tag) {
  return std::any_of(run.label.tags.begin(), run.label.tags.end(),
                     [&](const std::string& one) { return lower(one) == lower(tag); });
}

bool matches_word(const RunSummary& run, const std::string& text, const std::string& word) {
  const size_t colon = word.find(':');
  const std::string key = word.substr(0, colon),
                    value = colon == std::string::npos ? "" : word.substr(colon + 1);
  if (key == "tag" && !value.empty()) return has_tag(run, value);
  if (key == "state" && !value.empty()) return lower(run.state) == value;
  if (key == "preset" && !value.empty()) return lower(run.preset) == value;
  if (word == "is:star") return run.label.star;
  return text.find(word) != std::string::npos;
}

bool passes(const RunSummary& run, const RunFilter& filter) {
  return (!filter.starred || run.label.star) && (filter.tag.empty() || has_tag(run, filter.tag)) &&
         (filter.state.empty() || run.state == filter.state) && matches_search(run, filter.search);
}

/// The figure that a list is sorted by, the smallest first.
double sort_figure(const RunSummary& run, const std::string& sort) {
  constexpr double kLast = 1e300;
  if (sort == "fd") return run.fd >= 0 ? run.fd : kLast;
  if (sort == "time") return run.seconds > 0 ? run.seconds : kLast;
  if (sort == "size") return -static_cast<double>(run.bytes);
  return 0;
}

/// The run of the list that this one is a branch of.
std::optional<size_t> parent_in(const std::vector<RunSummary>& runs, const std::vector<size_t>& listed,
                                size_t run) {
  if (runs[run].parent.empty()) return {};
  for (const size_t other : listed)
    if (other != run && runs[other].name == runs[run].parent) return other;
  return {};
}

}  // namespace

const std::vector<std::string>& run_sort_names() {
  static const std::vector<std::string> names{"newest", "oldest", "fd", "time", "name", "size"};
  return names;
}

std::string run_title(const RunSummary& run) { return run.label.name.empty() ? run.name : run.label.name; }

bool matches_search(const RunSummary& run, const std::string& search) {
  const std::vector<std::string> words = search_words(search);
  if (words.empty()) return true;
  const std::string text = searched_text(run);
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return matches_word(run, text, word); });
}

std::vector<size_t> filtered_runs(const std::vector<RunSummary>& runs, const RunFilter& filter) {
  std::vector<size_t> shown;
  for (size_t i = 0; i < runs.size(); ++i)
    if (passes(runs[i], filter)) shown.push_back(i);
  if (filter.sort == "oldest") std::reverse(shown.begin(), shown.end());
  std::stable_sort(shown.begin(), shown.end(), [&](size_t a, size_t b) {
    if (filter.sort == "name") return lower(run_title(runs[a])) < lower(run_title(runs[b]));
    return sort_figure(runs[a], filter.sort) < sort_figure(runs[b], filter.sort);
  });
  return shown;
}

std::vector<size_t> branches_below(const std::vector<RunSummary>& runs, const std::vector<size_t>& listed) {
  std::vector<size_t> ordered;
  const auto place = [&](size_t run, const auto& self) -> void {
    if (std::find(ordered.begin(), ordered.end(), run) != ordered.end()) return;
    ordered.push_back(run);
    for (const size_t other : listed)
      if (!runs[other].parent.empty() && runs[other].parent == runs[run].name) self(other, self);
  };
  for (const size_t run : listed)
    if (!parent_in(runs, listed, run)) place(run, place);
  for (const size_t run : listed) place(run, place);  // records that name each other as parents
  return ordered;
}

int branch_depth(const std::vector<RunSummary>& runs, const std::vector<size_t>& listed, size_t run) {
  constexpr int kDeepest = 8;
  int depth = 0;
  for (auto parent = parent_in(runs, listed, run); parent && depth < kDeepest;
       parent = parent_in(runs, listed, *parent))
    ++depth;
  return depth;
}

std::vector<std::pair<std::string, size_t>> tags_of_runs(const std::vector<RunSummary>& runs) {
  std::map<std::string, size_t> counts;
  for (const RunSummary& run : runs)
    for (const std::string& tag : run.label.tags) ++counts[tag];
  std::vector<std::pair<std::string, size_t>> tags(counts.begin(), counts.end());
  std::stable_sort(tags.begin(), tags.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return tags;
}

std::string bytes_text(int64_t bytes) {
  const auto value = static_cast<double>(std::max<int64_t>(bytes, 0));
  if (value < 1e3) return printed("%.0f B", value);
  if (value < 1e6) return printed("%.0f kB", value / 1e3);
  if (value < 1e9) return printed("%.1f MB", value / 1e6);
  return printed("%.2f GB", value / 1e9);
}

}  // namespace lf
