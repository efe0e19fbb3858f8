#include "files/tensors/weight_files.h"

#include <algorithm>
#include <set>

#include "base/paths.h"
#include "files/atomic_write.h"
#include "files/cannot_use.h"
#include "files/ends_with.h"
#include "files/file_kind.h"
#include "files/tensors/weight_index.h"

namespace lf::files {
namespace {

namespace fs = std::filesystem;

constexpr const char* kIndexEnding = ".index.json";
constexpr size_t kMostNamed = 8;  // of the files that an error lists

bool is_index(const fs::path& file) {
  return ends_with(file.filename().string(), kIndexEnding) || file_kind_of(file) == FileKind::Json;
}

/// "a, b, c and 4 more".
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (size_t i = 0; i < std::min(names.size(), kMostNamed); ++i) text += (i ? ", " : "") + names[i];
  const size_t more = names.size() - std::min(names.size(), kMostNamed);
  return text + (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

/// The names in a folder, in order.
std::vector<std::string> names_in(const fs::path& folder) {
  const FolderEntries listed = folder_entries(folder);
  if (!listed.error.empty()) cannot_use(folder.string(), "the folder cannot be listed: " + listed.error);
  std::vector<std::string> names;
  for (const FolderEntry& entry : listed.entries) names.push_back(entry.path.filename().string());
  return names;
}

/// The names in a folder that represent weights: files, indices, and one part of each series
/// without an index.
std::vector<std::string> candidates_in(const fs::path& folder) {
  const std::string index_ending = std::string(".safetensors") + kIndexEnding;
  std::vector<std::string> found;
  std::set<std::string> series;
  const auto names = names_in(folder);
  for (const std::string& name : names) {
    if (name.front() != '.' && ends_with(name, index_ending)) {
      found.push_back(name);
      series.insert(name.substr(0, name.size() - index_ending.size()));
    }
  }
  for (const std::string& name : names) {
    if (name.front() == '.' || !ends_with(name, ".safetensors")) continue;
    const auto part = part_name(name);
    if (!part || series.insert(part->stem).second) found.push_back(name);
  }
  return found;
}

/// A folder's weights: the only ones, or those under the default name of Python programs.
fs::path weights_in(const fs::path& folder) {
  const auto found = candidates_in(folder);
  for (const char* usual : {"model.safetensors", "diffusion_pytorch_model.safetensors"}) {
    for (const std::string& name : found) {
      if (name == usual || name == std::string(usual) + kIndexEnding) return folder / name;
    }
  }
  if (found.size() == 1) return folder / found.front();
  if (!found.empty())
    cannot_use(folder.string(), "the folder holds several weights (" + listed(found) + "); name one of them");
  if (path_exists(folder / "model_index.json"))
    cannot_use(folder.string(),
               "the folder holds a whole diffusers pipeline; name one of its networks, such as " +
                   (folder / "vae").string());
  cannot_use(folder.string(), "the folder holds no .safetensors file; name the file itself");
}

}  // namespace

WeightFiles::WeightFiles(const fs::path& path) : path_(path.string()) {
  const fs::path file = is_folder(path) ? weights_in(path) : path;
  const std::string name = file.filename().string();
  if (is_index(file)) {
    add_indexed(file, "");
  } else if (part_name(name)) {
    add_part(file);
  } else {
    add(file);
  }
}

/// One part represents its whole series: according to its index, or else to its name.
void WeightFiles::add_part(const fs::path& file) {
  const PartName part = *part_name(file.filename().string());
  if (!path_exists(file)) return add(file);  // reports it
  const fs::path index = file.parent_path() / part.index();
  if (path_exists(index)) return add_indexed(index, file.filename().string());
  std::vector<std::string> names;
  for (int64_t i = 1; i <= part.all; ++i) names.push_back(part.file(i));
  add_series(file.parent_path(), names);
}

/// The files of an index; `wanted`, if given, must be one of them.
void WeightFiles::add_indexed(const fs::path& path, const std::string& wanted) {
  const auto bytes = read_file(path, kMaxIndexBytes);
  const WeightIndex index = parse_weight_index({bytes.begin(), bytes.end()}, path.string());
  const auto names = index.files();
  if (!wanted.empty() && !std::binary_search(names.begin(), names.end(), wanted))
    cannot_use(wanted,
               "the index " + path.string() + " beside it names other parts; they do not belong together");
  add_series(path.parent_path(), names);
  for (const auto& [tensor, file] : index.file_of) {
    const auto found = tensors_.find(tensor);
    if (found == tensors_.end() || files_[found->second.file].path().filename() != file)
      cannot_use(path.string(),
                 "'" + tensor + "' should lie in " + file +
                     ", which does not hold it; the parts do not belong together, fetch them again");
  }
  for (const auto& entry : tensors_) {
    if (!index.file_of.count(entry.first))
      cannot_use(path.string(), "it does not name '" + entry.first +
                                    "', which its parts hold; they do not belong "
                                    "together, fetch them again");
  }
}

void WeightFiles::add_series(const fs::path& folder, const std::vector<std::string>& names) {
  std::vector<std::string> missing;
  for (const std::string& name : names) {
    if (!path_exists(folder / name)) missing.push_back(name);
  }
  if (!missing.empty())
    cannot_use(path_, std::to_string(missing.size()) + " of " + std::to_string(names.size()) +
                          " parts are missing: " + listed(missing) + "; fetch them into the same folder");
  for (const std::string& name : names) add(folder / name);
}

void WeightFiles::add(const fs::path& path) {
  const SafetensorsReader& file = files_.emplace_back(path);
  for (const TensorSpan& span : file.header().spans) {
    if (!tensors_.emplace(span.name, Stored{files_.size() - 1, span}).second)
      cannot_use(path_, "'" + span.name + "' lies in two of its parts (" + file.path().filename().string() +
                            " is one); they do not belong together");
  }
  for (const auto& [key, value] : file.header().metadata) {
    const auto& kept = metadata_.emplace(key, value).first->second;
    if (kept != value)
      cannot_use(path_, "its parts contradict each other: the metadata " + key + " is '" + kept + "' and '" +
                            value + "'");
  }
}

TensorBytes WeightFiles::read(const std::string& name) {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) cannot_use(path_, "it holds no tensor '" + name + "'");
  return files_[found->second.file].read(found->second.span);
}

Safetensors WeightFiles::read_all() {
  Safetensors content;
  content.metadata = metadata_;
  for (SafetensorsReader& file : files_) {
    for (const TensorSpan& span : file.header().spans) content.tensors[span.name] = file.read(span);
  }
  return content;
}

}  // namespace lf::files
