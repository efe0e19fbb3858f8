#include "files/tensors/weight_index.h"

#include <nlohmann/json.hpp>
#include <set>

#include "base/errors.h"
#include "files/ends_with.h"
#include "files/tensors/json_check.h"

namespace lf::files {
namespace {

constexpr int64_t kMostParts = 100'000;

[[noreturn]] void refuse_index(const std::string& name, const std::string& why) {
  throw InputError("cannot use the index '" + name + "': " + why);
}

/// A part is in the folder of its index: another path could read a foreign file.
void check_file_name(const std::string& file, const std::string& index) {
  const bool plain = !file.empty() && file.size() < 256 && file[0] != '.' &&
                     file.find_first_of(std::string("/\\\0\n\r", 5)) == std::string::npos;
  if (!plain)
    refuse_index(index, "it names the file '" + file + "'; the parts must lie in the folder of the index");
  if (ends_with(file, ".safetensors")) return;
  const bool pickle = ends_with(file, ".bin") || ends_with(file, ".pt") || ends_with(file, ".pth");
  refuse_index(index, "it names the file '" + file + "'" +
                          (pickle ? ", a Python pickle, which could run code when read; convert the parts to "
                                    "safetensors in Python"
                                  : "; the parts must be .safetensors files"));
}

/// A number of one to nine digits, or -1.
int64_t number_of(const std::string& digits) {
  if (digits.empty() || digits.size() > 9 || digits.find_first_not_of("0123456789") != std::string::npos)
    return -1;
  return std::stoll(digits);
}

}  // namespace

std::vector<std::string> WeightIndex::files() const {
  std::set<std::string> names;
  for (const auto& entry : file_of) names.insert(entry.second);
  return {names.begin(), names.end()};
}

WeightIndex parse_weight_index(const std::string& text, const std::string& name) {
  WeightIndex index;
  try {
    constexpr int kDeepest = 3;
    check_json(text, kDeepest, /*levels=*/2, [&](const std::string& why) { refuse_index(name, why); });
    const auto root = nlohmann::json::parse(text);
    const auto map = root.is_object() ? root.find("weight_map") : root.end();
    if (map == root.end()) refuse_index(name, "it has no weight_map, so it is not an index of split weights");
    if (!map->is_object() || map->empty()) refuse_index(name, "its weight_map names no tensors");
    for (const auto& [tensor, file] : map->items()) {
      if (!file.is_string())
        refuse_index(name, "its weight_map does not say in which file '" + tensor + "' lies");
      index.file_of[tensor] = file.get<std::string>();
    }
  } catch (const nlohmann::json::exception&) {
    refuse_index(name, "it is damaged (not the JSON of an index)");
  }
  for (const std::string& file : index.files()) check_file_name(file, name);
  return index;
}

std::string PartName::file(int64_t number) const {
  const auto padded = [this](int64_t value) {
    const std::string text = std::to_string(value);
    return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
  };
  return stem + "-" + padded(number) + "-of-" + padded(all) + ".safetensors";
}

std::optional<PartName> part_name(const std::string& file) {
  const std::string ending = ".safetensors", between = "-of-";
  if (!ends_with(file, ending)) return std::nullopt;
  const std::string name = file.substr(0, file.size() - ending.size());
  const size_t of = name.rfind(between),
               dash = of == std::string::npos || of == 0 ? of : name.rfind('-', of - 1);
  if (dash == std::string::npos || dash == 0) return std::nullopt;
  const std::string first = name.substr(dash + 1, of - dash - 1), last = name.substr(of + between.size());
  const PartName found{name.substr(0, dash), number_of(first), number_of(last), first.size()};
  const bool fits =
      found.part >= 1 && found.all >= found.part && found.all <= kMostParts && found.file(found.part) == file;
  return fits ? std::optional(found) : std::nullopt;
}

}  // namespace lf::files
