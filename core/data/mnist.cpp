#include "data/mnist.h"

#include <cstdio>
#include <utility>
#include <vector>

#include "base/environment.h"
#include "base/errors.h"
#include "base/paths.h"
#include "base/user_folders.h"
#include "data/idx_names.h"
#include "files/file_kind.h"
#include "files/idx/form.h"
#include "files/idx/idx.h"
#include "files/sha256.h"

namespace lf::data {
namespace {

namespace fs = std::filesystem;

/// The folder's own name, also when the path ends in a slash or is ".".
std::string name_of(const fs::path& folder) {
  const fs::path whole = resolved_path(folder);
  return whole.filename().empty() ? whole.string() : whole.filename().string();
}

/// The name of a data set for display: from its files, its folder, or the parent of "raw" and
/// "gzip".
std::string name_of(const IdxSet& set) {
  if (!set.name.empty()) return set.name;
  const std::string own = name_of(set.folder);
  return own == "raw" || own == "gzip" ? name_of(set.folder / "..") : own;
}

/// A file converted to MNIST's form; `note` describes the conversion.
files::IdxFile usual_form(files::IdxFile file, size_t role, const std::string& set, std::string& note) {
  const bool images = role % 2 == 0;
  const auto add = [&](const std::string& text) {
    if (note.find(text) == std::string::npos) note += (note.empty() ? "" : "; ") + text;
  };
  if (images && !is_transposed_set(set)) return files::usual_images(std::move(file));
  if (images) {
    add("the images of EMNIST are stored with rows and columns exchanged; they are transposed back");
    return files::transposed_images(files::usual_images(std::move(file)));
  }
  const files::IdxShape shape = files::idx_shape(file.bytes);
  const std::string before = file.digest;
  file = files::usual_labels(std::move(file));
  if (file.digest != before && shape.extents.size() == 2 && shape.extents[1] > 1)
    add("the label files have " + std::to_string(shape.extents[1]) +
        " columns (QMNIST); the first is used as the class");
  return file;
}

/// True if the file holds the bytes that the table announces.
bool is_sound(const fs::path& file, const IdxFileSpec& spec) {
  try {
    return files::read_idx_file(file).digest == spec.sha256;
  } catch (const InputError&) {
    return false;
  }
}

}  // namespace

const IdxFileTable& mnist_files() {
  static const IdxFileTable table = {{
      {"train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", 9912422,
       47040016},
      {"train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", 28881,
       60008},
      {"t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", 1648877,
       7840016},
      {"t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", 4542,
       10008},
  }};
  return table;
}

std::optional<fs::path> find_idx_file(const fs::path& folder, const std::string& name) {
  std::string dotted = name;
  if (const size_t at = dotted.find("-idx"); at != std::string::npos) dotted[at] = '.';
  for (const std::string& variant : {name, dotted}) {
    for (const char* ending : {"", ".gz"}) {
      const fs::path path = folder / (variant + ending);
      if (is_file(path)) return path;
    }
  }
  return std::nullopt;
}

bool holds_idx_files(const fs::path& folder) { return !find_idx_sets(folder).empty(); }

fs::path data_folder_of(const fs::path& path) {
  return is_file(path) && files::file_kind_or_unknown(path).use == files::FileUse::Data ? folder_of(path)
                                                                                        : path;
}

std::string dataset_digest(const std::array<std::string, 4>& file_digests) {
  std::string all;
  for (const std::string& digest : file_digests) all += digest;
  return files::sha256_hex(all);
}

files::Dataset load_idx_folder(const fs::path& folder, std::string* note) {
  const IdxSet set = require_idx_set(folder);
  std::array<files::IdxFile, 4> files;
  std::array<std::string, 4> digests;
  std::string done;
  files::Dataset data;
  data.is_mnist = true;
  for (size_t i = 0; i < files.size(); ++i) {
    files[i] = usual_form(files::read_idx_file(set.files[i]), i, set.name, done);
    digests[i] = files[i].digest;
    data.is_mnist = data.is_mnist && digests[i] == mnist_files()[i].sha256;
  }
  data.train = files::parse_idx_pair(files[0], files[1]);
  data.test = files::parse_idx_pair(files[2], files[3]);
  data.name = data.is_mnist ? "MNIST" : name_of(set);
  data.source = set.folder.string();
  data.digest = dataset_digest(digests);
  if (note) *note = done;
  return data;
}

fs::path mnist_cache_folder() { return cache_folder() / "data" / "mnist"; }

std::vector<DataPlace> data_places(const std::string& wanted) {
  std::vector<DataPlace> places;
  if (!wanted.empty()) places.push_back({wanted, true});
  if (const std::string named = environment("LATENTFLOW_DATA"); !named.empty() && named != wanted)
    places.push_back({named, true});
  if (holds_idx_files(mnist_cache_folder())) places.push_back({mnist_cache_folder(), false});
  return places;
}

void set_aside_unsound(const fs::path& folder) {
  for (const IdxFileSpec& spec : mnist_files()) {
    const auto file = find_idx_file(folder, spec.name);
    if (!file || is_sound(*file, spec)) continue;
    std::rename(file->c_str(), (file->string() + ".unsound").c_str());
  }
}

}  // namespace lf::data
