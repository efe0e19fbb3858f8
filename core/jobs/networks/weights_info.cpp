#include "jobs/networks/weights_info.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "base/errors.h"
#include "base/printed.h"
#include "base/time_text.h"
#include "models/weights/choice.h"
#include "models/weights/names.h"

namespace lf::jobs {
namespace {

constexpr size_t kMostShapes = 4;      // shapes of one group
constexpr size_t kMostMetadata = 160;  // letters of one value

std::string shape_words(const std::vector<int64_t>& shape) {
  std::string text;
  for (const int64_t extent : shape) text += (text.empty() ? "" : "×") + std::to_string(extent);
  return text.empty() ? "1" : text;
}

int64_t count_of(const std::vector<int64_t>& shape) {
  int64_t count = 1;
  for (const int64_t extent : shape) count *= extent;
  return count;
}

std::string counted(uint64_t count, const std::string& what) {
  return with_thousands(static_cast<int64_t>(count)) + " " + what + (count == 1 ? "" : "s");
}

std::string size_words(uint64_t bytes) {
  const char* units[] = {"bytes", "KB", "MB", "GB", "TB"};
  double size = static_cast<double>(bytes);
  size_t unit = 0;
  while (size >= 1000 && unit < 4) size /= 1000, ++unit;
  return printed(unit == 0 ? "%.0f %s" : "%.3g %s", size, units[unit]);
}

/// The totals of a file.
struct Totals {
  uint64_t bytes = 0, numbers = 0;
  std::map<std::string, uint64_t> types;
};

Totals totals_of(const files::WeightFiles& files) {
  Totals totals;
  for (const auto& entry : files.tensors()) {
    const files::TensorSpan& span = entry.second.span;
    totals.bytes += span.end - span.begin;
    totals.numbers += static_cast<uint64_t>(count_of(span.shape));
    ++totals.types[span.dtype];
  }
  return totals;
}

/// Tensors that differ only in the numbers of their names: "blocks.#.attn.qkv.weight".
struct Group {
  uint64_t tensors = 0;
  std::set<std::string> types;
  std::set<std::string> shapes;
};

std::map<std::string, Group> groups_of(const models::StoredNames& names) {
  std::map<std::string, Group> groups;
  for (const auto& [name, tensor] : names.tensors) {
    std::string pattern;
    for (const auto& part : models::name_parts(name)) {
      const bool number = !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
      pattern += (pattern.empty() ? "" : ".") + (number ? "#" : part);
    }
    Group& group = groups[pattern];
    ++group.tensors;
    group.types.insert(tensor.dtype);
    group.shapes.insert(shape_words(tensor.shape));
  }
  return groups;
}

/// The first words, "…" for the others.
std::string joined(const std::set<std::string>& words) {
  std::string text;
  size_t shown = 0;
  for (const auto& word : words) {
    if (++shown > kMostShapes) return text + ", …";
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

/// Sorted by name: an ordered object would search all its keys for each of a hundred thousand.
nlohmann::json tensors_json(const models::StoredNames& names,
                            const std::map<std::string, TensorNumbers>& numbers) {
  nlohmann::json tensors = nlohmann::json::object();
  for (const auto& [name, tensor] : names.tensors) {
    const TensorNumbers& n = numbers.at(name);
    nlohmann::json& entry = tensors[name] = {{"type", tensor.dtype}, {"shape", tensor.shape}};
    entry["mean"] = n.known ? nlohmann::json(n.mean) : nlohmann::json();
    entry["std"] = n.known ? nlohmann::json(n.deviation) : nlohmann::json();
    if (n.not_finite > 0) entry["not_finite"] = n.not_finite;
  }
  return tensors;
}

std::string facts_line(const nlohmann::ordered_json& network) {
  std::string line;
  for (const auto& [key, value] : network.items()) {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    line += (line.empty() ? "" : " · ") + (key == "network" ? text : key + " " + text);
  }
  return line;
}

/// The first lines: what the file is, and how it was read.
void add_head(std::vector<std::string>& lines, const files::WeightFiles& files,
              const models::StoredNames& names, const ChosenNetwork& chosen) {
  const models::FileIdentity identity = models::identity_of(names);
  if (chosen.fits) {
    lines.push_back(facts_line(chosen.facts));
  } else {
    lines.push_back("no network fits: " + one_line(chosen.reason));
  }
  const bool said = !chosen.fits && chosen.found.kind == models::WeightsKind::Other;
  // Another system's network beside a fitting one is among the ignored tensors.
  const bool beside = chosen.fits && identity.use.empty();
  if (!identity.what.empty() && !said && !beside)
    lines.push_back("file      " + one_line(identity.what) +
                    (identity.use.empty() ? "" : "; " + identity.use));
  const Totals totals = totals_of(files);
  std::string types;
  for (const auto& [type, count] : totals.types)
    types += (types.empty() ? "" : ", ") + type +
             (totals.types.size() > 1 ? " (" + with_thousands(static_cast<int64_t>(count)) + ")" : "");
  lines.push_back("holds     " + counted(names.tensors.size(), "tensor") + " · " +
                  counted(totals.numbers, "number") + " · " + size_words(totals.bytes) + " in " +
                  counted(files.files().size(), "file") + (types.empty() ? "" : " · " + types));
  for (const auto& note : chosen.notes) lines.push_back(one_line(note));
}

}  // namespace

nlohmann::ordered_json weights_json(const files::WeightFiles& files, const models::StoredNames& names,
                                    const ChosenNetwork& chosen,
                                    const std::map<std::string, TensorNumbers>& numbers) {
  const Totals totals = totals_of(files);
  nlohmann::ordered_json json = chosen.facts;
  if (!chosen.fits) json["trainable"] = totals.numbers;
  json["fits"] = chosen.fits;
  if (!chosen.fits) json["reason"] = chosen.reason;
  const models::FileIdentity identity = models::identity_of(names);
  if (!identity.what.empty()) json["file"] = identity.what;
  json["path"] = names.path;
  json["files"] = nlohmann::json::array();
  for (const auto& file : files.files()) json["files"].push_back(file.path().string());
  json["bytes"] = totals.bytes;
  json["numbers"] = totals.numbers;
  json["count"] = names.tensors.size();
  json["types"] = totals.types;
  if (chosen.found.kind != models::WeightsKind::Other) {
    json["seems"] = models::kind_name(chosen.found.kind);
    json["prefix"] = chosen.found.prefix;
    json["names"] = chosen.found.program;
    json["average"] = chosen.found.average;
    json["left_out"] = models::unused_names(chosen.found, names);
  }
  json["notes"] = chosen.notes;
  json["groups"] = nlohmann::json::array();
  for (const auto& [pattern, group] : groups_of(names))
    json["groups"].push_back(
        {{"name", pattern}, {"tensors", group.tensors}, {"types", group.types}, {"shapes", group.shapes}});
  json["tensors"] = tensors_json(names, numbers);
  if (!names.metadata.empty()) json["metadata"] = names.metadata;
  return json;
}

std::vector<std::string> weights_lines(const files::WeightFiles& files, const models::StoredNames& names,
                                       const ChosenNetwork& chosen,
                                       const std::map<std::string, TensorNumbers>& numbers) {
  std::vector<std::string> lines;
  add_head(lines, files, names, chosen);
  for (const auto& [key, value] : names.metadata) {
    const bool longer = value.size() > kMostMetadata;
    lines.push_back("metadata  " + one_line(key) + ": " +
                    one_line(longer ? value.substr(0, kMostMetadata) + " …" : value));
  }
  const auto groups = groups_of(names);
  if (groups.size() < names.tensors.size()) {
    for (const auto& [pattern, group] : groups)
      lines.push_back("group     " + one_line(pattern) + "  " + counted(group.tensors, "tensor") + "  " +
                      joined(group.types) + "  " + joined(group.shapes));
  }
  size_t width = 0;
  for (const auto& entry : names.tensors) width = std::max(width, std::min<size_t>(entry.first.size(), 80));
  for (const auto& [name, tensor] : names.tensors) {
    const TensorNumbers& n = numbers.at(name);
    char text[160];
    std::snprintf(text, sizeof text, "  %-8s %-16s", tensor.dtype.c_str(), shape_words(tensor.shape).c_str());
    std::string line = one_line(name) + std::string(width - std::min(width, name.size()), ' ') + text;
    if (n.known) line += printed(" mean %11.4e  std %11.4e", n.mean, n.deviation);
    if (n.not_finite > 0)
      line += "  " + counted(static_cast<uint64_t>(n.not_finite), "value") + " not finite";
    lines.push_back(line);
  }
  return lines;
}

}  // namespace lf::jobs
