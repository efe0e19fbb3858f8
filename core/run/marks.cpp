#include "run/marks.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/errors.h"
#include "base/paths.h"
#include "base/printed.h"
#include "files/atomic_write.h"
#include "files/tensors/safetensors.h"
#include "models/weights/tensor_io.h"

namespace lf::run {
namespace fs = std::filesystem;
namespace {

constexpr const char* kPrefix = "flow-";
constexpr const char* kEnding = ".safetensors";

/// The step in the name of a mark: flow-00001234.safetensors.
std::optional<int64_t> step_of(const std::string& name) {
  const std::string prefix = kPrefix, ending = kEnding;
  const size_t digits = name.size() - std::min(name.size(), prefix.size() + ending.size());
  if (digits == 0 || name.rfind(prefix, 0) != 0 ||
      name.compare(prefix.size() + digits, ending.size(), ending) != 0)
    return {};
  int64_t step = 0;
  const char *first = name.data() + prefix.size(), *last = first + digits;
  const auto parsed = std::from_chars(first, last, step);
  if (parsed.ec != std::errc() || parsed.ptr != last || step < 0) return {};
  return step;
}

}  // namespace

int64_t next_mark(int64_t step, int64_t planned, int64_t marks) {
  if (marks <= 0) return -1;
  const double whole = static_cast<double>(std::max<int64_t>(planned, 1)), all = static_cast<double>(marks);
  const auto place = [&](double k) {
    return static_cast<int64_t>(std::ceil(whole * (k / all) * (k / all) - 1e-9));
  };
  double k =
      std::max(0.0, std::floor(all * std::sqrt(static_cast<double>(std::max<int64_t>(step, 0)) / whole)) - 1);
  while (place(k) <= step) ++k;  // neighbours may round to the same step
  return place(k);
}

Marks::Marks(const fs::path& run_folder) : folder_(run_folder / kFolderName) {
  if (is_link(folder_)) return;  // a foreign folder must not lead elsewhere
  for (const FolderEntry& entry : folder_entries(folder_).entries) {
    const auto step = step_of(entry.path.filename().string());
    if (step && entry.kind == PathKind::File && entry.path == file(*step)) steps_.push_back(*step);
  }
  std::sort(steps_.begin(), steps_.end());
}

std::string Marks::name_of(int64_t step) {
  return kPrefix + printed("%08lld", static_cast<long long>(step)) + kEnding;
}

fs::path Marks::file(int64_t step) const { return folder_ / name_of(step); }

bool Marks::has(int64_t step) const { return std::binary_search(steps_.begin(), steps_.end(), step); }

void Marks::keep(const inference::Model& model) {
  const int64_t step = model.flow_steps;
  if (is_link(folder_)) throw RunError("cannot keep marks in " + folder_.string() + ": it is a link");
  const std::string why = make_folders(folder_);
  if (!why.empty()) throw RunError("cannot make " + folder_.string() + ": " + why);
  const std::vector<uint8_t> bytes = files::serialize_safetensors(inference::mark_file(model));
  files::AtomicFile written(file(step));
  written.write(bytes.data(), bytes.size());
  written.commit_undurably();  // a power failure costs a picture of the past, no training
  if (!has(step)) steps_.insert(std::upper_bound(steps_.begin(), steps_.end(), step), step);
}

void Marks::forget_after(int64_t step) {
  while (!steps_.empty() && steps_.back() > step) {
    remove_path(file(steps_.back()));
    steps_.pop_back();
  }
}

int64_t Marks::bytes() const {
  int64_t bytes = 0;
  for (const int64_t step : steps_) bytes += static_cast<int64_t>(file_bytes(file(step)));
  return bytes;
}

void Marks::thin_out() {
  std::vector<int64_t> kept;
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (i % 2 == 0 || i + 1 == steps_.size())
      kept.push_back(steps_[i]);
    else
      remove_path(file(steps_[i]));
  }
  steps_ = kept;
}

bool Marks::matches(const inference::Model& model) const {
  const files::Safetensors stored = files::read_safetensors(file(model.flow_steps));
  const files::Safetensors now = inference::mark_file(model);
  const auto equal = [](const auto& a, const auto& b) {
    const files::TensorBytes &x = a.second, &y = b.second;
    return a.first == b.first && x.dtype == y.dtype && x.shape == y.shape && x.size() == y.size() &&
           std::equal(x.data(), x.data() + x.size(), y.data());
  };
  return std::equal(stored.tensors.begin(), stored.tensors.end(), now.tensors.begin(), now.tensors.end(),
                    equal);
}

void Marks::copy_to(const fs::path& run_folder, int64_t last) const {
  Marks copies(run_folder);
  const std::string why = make_folders(copies.folder_);
  if (!why.empty()) throw RunError("cannot make " + copies.folder_.string() + ": " + why);
  for (const int64_t step : steps_) {
    if (step > last) break;
    const std::vector<uint8_t> bytes = files::read_file(file(step), UINT64_MAX);
    files::AtomicFile written(copies.file(step));
    written.write(bytes.data(), bytes.size());
    written.commit_undurably();
  }
}

std::unique_ptr<inference::Model> Marks::load(int64_t step, const inference::Model& run) const {
  const std::string path = file(step).string();
  files::Safetensors content = files::read_safetensors(path);
  const auto metadata = content.metadata;
  auto model = inference::model_of(metadata, models::to_tensors(std::move(content)), path, run.autoencoder);
  if (model->flow_steps != step || model->data_digest != run.data_digest)
    throw InputError(path + ": it is not a mark of this run; remove it");
  return model;
}

void remove_mark_leftovers(const fs::path& run_folder) {
  const fs::path folder = run_folder / Marks::kFolderName;
  if (is_link(folder)) return;
  for (const FolderEntry& entry : folder_entries(folder).entries)
    if (entry.path.filename().string().rfind(std::string(".") + kPrefix, 0) == 0) remove_path(entry.path);
}

void remove_marks(const fs::path& run_folder) {
  const fs::path folder = run_folder / Marks::kFolderName;
  remove_mark_leftovers(run_folder);
  if (!is_link(folder)) {
    for (const FolderEntry& entry : folder_entries(folder).entries)
      if (step_of(entry.path.filename().string())) remove_path(entry.path);
  }
  remove_path(folder);
}

}  // namespace lf::run
