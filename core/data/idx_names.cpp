#include "data/idx_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/classes.h"
#include "base/errors.h"
#include "base/paths.h"
#include "data/idx_hints.h"
#include "data/mnist.h"
#include "files/file_kind.h"

namespace lf::data {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

constexpr size_t kMostEntries = 2'000;  ///< of one folder: a folder with more entries is no data set

/// The parts of a name between '-', '.', '_' and spaces, in lower case.
Words parts_of(const std::string& name) {
  Words parts(1);
  for (const char c : name) {
    if (c == '-' || c == '.' || c == '_' || c == ' ') {
      parts.emplace_back();
    } else {
      parts.back() += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    }
  }
  return parts;
}

bool among(const std::string& word, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* known) { return word == known; });
}

/// 0 training, 2 test; nothing for another word.
std::optional<size_t> split_role(const std::string& word) {
  if (among(word, {"train", "training"})) return 0;
  if (among(word, {"t10k", "test", "testing"})) return 2;
  return std::nullopt;
}

/// 0 images, 1 labels; nothing for another word.
std::optional<size_t> kind_role(const std::string& word) {
  if (among(word, {"images", "image", "imgs"})) return 0;
  if (among(word, {"labels", "label"})) return 1;
  return std::nullopt;
}

/// Of several files for one role the most usual name comes first, then t10k before test, then by name.
int rank_of(const std::string& name, size_t role) {
  const std::string& usual = mnist_files()[role].name;
  std::string dotted = usual;
  dotted[usual.find("-idx")] = '.';
  const Words order{usual, usual + ".gz", dotted, dotted + ".gz"};
  const auto found = std::find(order.begin(), order.end(), name);
  if (found != order.end()) return int(found - order.begin());
  return name.find("t10k") != std::string::npos ? 4 : 5;
}

struct Candidate {
  int rank = 0;
  fs::path path;
  bool operator<(const Candidate& other) const {
    return std::tie(rank, path) < std::tie(other.rank, other.path);
  }
};

/// The files found under the names of one set.
using Candidates = std::array<std::set<Candidate>, 4>;

void add_file(const fs::path& path, std::map<std::string, Candidates>& sets) {
  const std::string name = path.filename().string();
  if (const auto parsed = parse_idx_name(name))
    sets[parsed->set][parsed->role].insert({rank_of(name, parsed->role), path});
}

/// The files in `folder`, or in a subfolder with the name of a file (as packed by Kaggle).
std::map<std::string, Candidates> candidates_in(const fs::path& folder) {
  std::map<std::string, Candidates> sets;
  for (const FolderItem& item : folder_items(folder, kMostEntries)) {
    if (!item.is_folder) {
      add_file(item.path, sets);
      continue;
    }
    const auto name = parse_idx_name(item.path.filename().string());
    if (!name) continue;
    for (const FolderItem& inner : folder_items(item.path, kMostEntries)) {
      const auto own = parse_idx_name(inner.path.filename().string());
      if (!inner.is_folder && own && own->role == name->role) add_file(inner.path, sets);
    }
  }
  return sets;
}

std::vector<IdxSet> complete_sets(const fs::path& folder) {
  std::vector<IdxSet> complete;
  for (const auto& [name, candidates] : candidates_in(folder)) {
    IdxSet set{name, folder, {}};
    size_t found = 0;
    for (size_t role = 0; role < 4; ++role) {
      if (candidates[role].empty()) continue;
      set.files[role] = candidates[role].begin()->path;
      ++found;
    }
    if (found == 4) complete.push_back(set);
  }
  return complete;
}

/// Subfolders of the named folder that well-known programs and archives create.
Words known_layouts() {
  Words layouts{"raw", "gzip"};
  for (const char* set : {"MNIST", "FashionMNIST", "KMNIST", "QMNIST", "EMNIST"}) {
    layouts.push_back(std::string(set) + "/raw");
    layouts.push_back(std::string(set));
  }
  return layouts;
}

/// Number of classes of the EMNIST sets; 10 for every other name.
int classes_of_set(const std::string& set) {
  const std::map<std::string, int> emnist{
      {"letters", 26}, {"balanced", 47}, {"bymerge", 47}, {"byclass", 62}};
  const Words parts = parts_of(set);
  if (parts.front() != "emnist") return kClasses;
  for (const auto& part : parts)
    if (const auto found = emnist.find(part); found != emnist.end()) return found->second;
  return kClasses;
}

std::string set_words(const IdxSet& set) {
  return set.name.empty() ? "'" + set.folder.string() + "'" : set.name + " in '" + set.folder.string() + "'";
}

[[noreturn]] void refuse(const fs::path& folder, const std::string& why) {
  throw InputError("cannot load data from '" + folder.string() + "': " + why);
}

/// The only one of several sets that has ten classes.
IdxSet choose_set(const fs::path& folder, const std::vector<IdxSet>& sets) {
  std::vector<IdxSet> fitting;
  std::string all;
  for (const IdxSet& set : sets) {
    if (classes_of_set(set.name) == kClasses) fitting.push_back(set);
    all += (all.empty() ? "" : ", ") + set_words(set);
  }
  if (fitting.empty()) {
    refuse(folder, sets[0].name + " has " + std::to_string(classes_of_set(sets[0].name)) +
                       " classes, ten are needed; of EMNIST digits and mnist have ten");
  }
  if (fitting.size() > 1) {
    refuse(folder, "it holds several data sets (" + all +
                       "); name the folder of one, or put its four files into a separate folder");
  }
  return fitting[0];
}

[[noreturn]] void refuse_incomplete(const fs::path& folder) {
  Words missing;
  size_t most = 0;
  for (const auto& [name, candidates] : candidates_in(folder)) {
    Words lacking;
    for (size_t role = 0; role < 4; ++role)
      if (candidates[role].empty())
        lacking.push_back((name.empty() ? "" : name + "-") + mnist_files()[role].name);
    if (4 - lacking.size() > most) most = 4 - lacking.size(), missing = lacking;
  }
  if (most == 0)
    for (const auto& file : mnist_files()) missing.push_back(file.name);
  std::string names;
  for (const auto& name : missing) names += (names.empty() ? "" : ", ") + name;
  refuse(folder, "it lacks " + names + " (plain or .gz)" + what_lies_there(folder));
}

}  // namespace

std::optional<IdxName> parse_idx_name(const std::string& name) {
  const Words parts = parts_of(name);
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    const auto split = split_role(parts[i]), kind = kind_role(parts[i + 1]);
    if (!split || !kind) continue;
    const bool known = std::all_of(parts.begin() + long(i) + 2, parts.end(), [](const std::string& part) {
      return among(part, {"idx", "idx1", "idx2", "idx3", "ubyte", "byte", "int", "gz", "bin", "data"});
    });
    if (!known) return std::nullopt;
    IdxName found{"", *split + *kind};
    for (size_t j = 0; j < i; ++j) found.set += (j == 0 ? "" : "-") + parts[j];
    return found;
  }
  return std::nullopt;
}

std::vector<IdxSet> find_idx_sets(const fs::path& folder) {
  std::vector<IdxSet> sets = complete_sets(folder);
  const auto usual = std::find_if(sets.begin(), sets.end(), [](const IdxSet& s) { return s.name.empty(); });
  if (usual != sets.end()) return {*usual};
  if (!sets.empty()) return sets;
  for (const auto& layout : known_layouts()) {
    if (!path_exists(folder / layout)) continue;
    for (const IdxSet& set : complete_sets(folder / layout)) sets.push_back(set);
  }
  return sets;
}

IdxSet require_idx_set(const fs::path& named) {
  fs::path folder = named;
  if (is_file(named)) {
    if (files::file_kind_or_unknown(named).use != files::FileUse::Data)
      refuse(named, file_instead_of_folder(named));
    folder = folder_of(named);
  } else if (const std::string why = no_folder_reason(named); !why.empty()) {
    refuse(named, why + "; name one with the four IDX files, plain or .gz");
  }
  const std::vector<IdxSet> sets = find_idx_sets(folder);
  if (sets.empty()) refuse_incomplete(folder);
  return choose_set(folder, sets);
}

bool is_transposed_set(const std::string& set) { return parts_of(set).front() == "emnist"; }

}  // namespace lf::data
