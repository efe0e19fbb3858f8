#include "run/list/summary.h"

#include <algorithm>

#include "base/errors.h"
#include "base/image_shape.h"
#include "base/paths.h"
#include "files/tensors/safetensors_reader.h"
#include "records/report.h"
#include "run/list/label.h"
#include "run/marks.h"
#include "run/run_files.h"

namespace lf::run {
namespace fs = std::filesystem;
namespace {

constexpr const char* kGalleryName = "gallery.safetensors";
constexpr uint64_t kThumbnails = 10;  ///< the classes in turn

/// Bytes of the plain files directly in a folder.
int64_t plain_bytes(const fs::path& folder) {
  int64_t bytes = 0;
  for (const FolderEntry& entry : folder_entries(folder).entries)
    if (entry.kind == PathKind::File && !is_link(entry.path))
      bytes += static_cast<int64_t>(file_bytes(entry.path));
  return bytes;
}

int64_t bytes_of_part(const fs::path& folder) { return is_link(folder) ? 0 : plain_bytes(folder); }

/// The first digits of the gallery's last state. Only the header and these bytes are read.
std::shared_ptr<const ImageSheet> thumbnail_of(const fs::path& folder) {
  const fs::path file = folder / kGalleryName;
  if (!is_file(file)) return nullptr;
  try {
    files::SafetensorsReader reader(file);
    for (files::TensorSpan span : reader.header().spans) {
      if (span.name != "flow.images" || span.dtype != "U8" || span.shape.size() != 2) continue;
      const auto row = static_cast<uint64_t>(span.shape[1]), digit = static_cast<uint64_t>(kDigitPixels);
      const uint64_t wanted = std::min(kThumbnails, row / digit) * digit;
      if (span.shape[0] < 1 || wanted == 0) return nullptr;
      span.begin = span.end - row;
      span.end = span.begin + wanted;
      return std::make_shared<ImageSheet>(reader.read(span).bytes);
    }
  } catch (const InputError&) {  // opening the run reports it
  }
  return nullptr;
}

void add_marks(const fs::path& folder, RunSummary& run) {
  const fs::path marks = folder / Marks::kFolderName;
  run.marks = static_cast<int64_t>(Marks(folder).steps().size());
  run.marks_bytes = bytes_of_part(marks);
}

/// Changes whenever something does that a summary is made of.
uint64_t stamp_of(const fs::path& folder) {
  uint64_t stamp = 0;
  for (const char* name : {"report.json", kLabelName, kGalleryName, kModelName, kCheckpointName,
                           Marks::kFolderName, "figures", "."})
    stamp = stamp * 1099511628211u + change_stamp(folder / name);
  return stamp;
}

}  // namespace

int64_t run_bytes(const fs::path& folder) {
  if (is_link(without_slash(folder))) return 0;
  return plain_bytes(folder) + bytes_of_part(folder / "figures") + bytes_of_part(folder / Marks::kFolderName);
}

RunSummary summarise_run(const fs::path& folder) {
  RunSummary run;
  run.folder = folder.string();
  run.name = folder.filename().string();
  records::read_report(read_text_file(folder / "report.json"), run);
  run.resumable = is_file(folder / kCheckpointName);
  const StoredLabel stored = read_label(folder);
  run.label = stored.label;
  run.label_problem = stored.problem;
  run.bytes = run_bytes(folder);
  run.thumbnail = thumbnail_of(folder);
  add_marks(folder, run);
  return run;
}

const RunSummary& SummaryCache::summary(const fs::path& folder) {
  Entry& entry = entries_[folder.string()];
  const uint64_t stamp = stamp_of(folder);
  if (entry.stamp != stamp) {
    entry.summary = summarise_run(folder);
    entry.stamp = stamp;
    ++reads_;
  }
  return entry.summary;
}

}  // namespace lf::run
