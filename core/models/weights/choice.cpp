#include "models/weights/choice.h"

#include <algorithm>
#include <set>

#include "base/errors.h"

namespace lf::models {
namespace {

constexpr size_t kMostNamedGroups = 12;

std::string prefix_words(const std::string& prefix) { return prefix.empty() ? "without a prefix" : prefix; }

std::string plural(size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

const FoundNetwork& chosen_network(const std::vector<FoundNetwork>& found, const StoredNames& file,
                                   WeightsKind kind, bool raw) {
  std::vector<const FoundNetwork*> fitting, all;
  for (const auto& network : found) {
    if (network.kind != kind) continue;
    all.push_back(&network);
    if (network.misfit.empty()) fitting.push_back(&network);
  }
  if (all.empty()) {
    const std::string other =
        found.empty() ? described(file) : "it holds a network of the kind " + kind_name(found.front().kind);
    throw InputError(file.path + ": it holds no " + kind_name(kind) + "; " + other);
  }
  if (fitting.empty()) throw InputError(all.front()->misfit);
  std::vector<const FoundNetwork*> wanted;
  for (const auto* network : fitting) {
    if (network->average != raw) wanted.push_back(network);
  }
  if (wanted.empty()) wanted = fitting;
  if (wanted.size() == 1) return *wanted.front();
  std::string places;
  for (const auto* network : wanted) places += (places.empty() ? "" : ", ") + prefix_words(network->prefix);
  throw InputError(file.path + ": it holds " + plural(wanted.size(), kind_name(kind)) + " that fit (" +
                   places + "); save the wanted one to a file of its own");
}

std::vector<std::string> unused_names(const FoundNetwork& chosen, const StoredNames& file) {
  std::set<std::string> used;
  for (const auto& entry : chosen.stored) used.insert(entry.second);
  std::vector<std::string> unused;
  for (const auto& entry : file.tensors) {
    if (!used.count(entry.first)) unused.push_back(entry.first);
  }
  return unused;
}

std::string grouped_names(const std::vector<std::string>& names) {
  std::map<std::string, std::vector<std::string>> groups;
  for (const auto& name : names) {
    const size_t dot = name.find('.');
    groups[dot == std::string::npos ? name : name.substr(0, dot + 1)].push_back(name);
  }
  std::string text;
  size_t shown = 0;
  for (const auto& [start, members] : groups) {
    if (++shown > kMostNamedGroups) break;
    text +=
        (text.empty() ? "" : ", ") +
        (members.size() == 1 ? members.front() : std::to_string(members.size()) + " tensors under " + start);
  }
  const size_t more = groups.size() - std::min(groups.size(), kMostNamedGroups);
  return text + (more > 0 ? " and " + plural(more, "further group") : "");
}

std::vector<std::string> reading_notes(const FoundNetwork& chosen, const std::vector<FoundNetwork>& found,
                                       const StoredNames& file) {
  std::vector<std::string> notes;
  if (!chosen.program.empty())
    notes.push_back("names: those of " + chosen.program + ", translated to the current names of diffusers");
  if (!chosen.prefix.empty()) notes.push_back("prefix: " + chosen.prefix + " was removed from the names");
  for (const auto& other : found) {
    if (other.kind != chosen.kind || other.average == chosen.average || !other.misfit.empty()) continue;
    notes.push_back(std::string("averages: the file holds raw and averaged weights; the ") +
                    (chosen.average ? "averaged" : "raw") + " ones (" + prefix_words(chosen.prefix) +
                    ") are used, not the " + (chosen.average ? "raw" : "averaged") + " ones (" +
                    prefix_words(other.prefix) + ")");
  }
  std::map<std::string, size_t> types;
  for (const auto& entry : chosen.stored) ++types[file.tensors.at(entry.second).dtype];
  types.erase("F32");
  for (const auto& [type, count] : types)
    notes.push_back("numbers: " + plural(count, "tensor") + " of type " + type + " converted to float32");
  const auto unused = unused_names(chosen, file);
  if (!unused.empty()) notes.push_back("left out: " + grouped_names(unused));
  return notes;
}

}  // namespace lf::models
