#include "data/mnist.h"

#include <cstdlib>
#include <vector>

#include "data/idx.h"
#include "files/file_kind.h"
#include "files/sha256.h"
#include "messages/errors.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

/// The value of an environment variable; empty when it is not set.
std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// The folder's own name, also when the path ends in a slash or is ".".
std::string name_of(const fs::path& folder) {
  const fs::path whole = fs::weakly_canonical(folder);
  return whole.filename().empty() ? whole.string() : whole.filename().string();
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
      std::error_code error;
      if (fs::is_regular_file(path, error)) return path;
    }
  }
  return std::nullopt;
}

bool holds_idx_files(const fs::path& folder) {
  for (const IdxFileSpec& spec : mnist_files()) {
    if (!find_idx_file(folder, spec.name)) return false;
  }
  return true;
}

fs::path data_folder_of(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error) || file_kind_of(path).use != FileUse::Data) return path;
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

std::string dataset_digest(const std::array<std::string, 4>& file_digests) {
  std::string all;
  for (const std::string& digest : file_digests) all += digest;
  return sha256_hex(all);
}

Dataset load_idx_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_regular_file(folder, error))
    throw InputError(wrong_kind(folder.string(), file_kind_of(folder), "a folder with the four IDX files"));
  if (!fs::is_directory(folder, error)) {
    throw InputError("cannot load data from '" + folder.string() +
                     "': there is no such folder; name one with the four IDX files, plain or .gz");
  }
  std::array<IdxFile, 4> files;
  std::array<std::string, 4> digests;
  Dataset data;
  data.is_mnist = true;
  for (size_t i = 0; i < files.size(); ++i) {
    const IdxFileSpec& spec = mnist_files()[i];
    const auto path = find_idx_file(folder, spec.name);
    if (!path) {
      throw InputError("cannot load data from '" + folder.string() + "': it lacks " + spec.name + " (or " +
                       spec.name + ".gz)");
    }
    files[i] = read_idx_file(*path);
    digests[i] = files[i].digest;
    data.is_mnist = data.is_mnist && digests[i] == spec.sha256;
  }
  data.train = parse_idx_pair(files[0], files[1]);
  data.test = parse_idx_pair(files[2], files[3]);
  data.name = data.is_mnist ? "MNIST" : name_of(folder);
  data.source = folder.string();
  data.digest = dataset_digest(digests);
  return data;
}

fs::path cache_folder() {
  if (const std::string own = environment("LATENTFLOW_CACHE"); !own.empty()) return own;
  if (const std::string xdg = environment("XDG_CACHE_HOME"); !xdg.empty())
    return fs::path(xdg) / "latentflow";
  return fs::path(environment("HOME")) / ".cache" / "latentflow";
}

fs::path mnist_cache_folder() { return cache_folder() / "data" / "mnist"; }

std::optional<fs::path> find_data_folder(const std::string& wanted) {
  if (!wanted.empty()) return data_folder_of(wanted);
  if (const std::string named = environment("LATENTFLOW_DATA"); !named.empty()) return data_folder_of(named);
  if (holds_idx_files(mnist_cache_folder())) return mnist_cache_folder();
  return std::nullopt;
}

}  // namespace lf
