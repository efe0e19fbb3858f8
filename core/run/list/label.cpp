#include "run/list/label.h"

#include "base/errors.h"
#include "base/paths.h"
#include "files/atomic_write.h"
#include "protocol/run_label.h"
#include "records/label.h"

namespace lf::run {
namespace fs = std::filesystem;
namespace {

constexpr uint64_t kMostLabelBytes = 256 << 10;

std::string stored_text(const fs::path& file) {
  if (is_link(file)) throw InputError(file.string() + ": it is a link to another place");
  const auto bytes = files::read_file(file, kMostLabelBytes);
  return {bytes.begin(), bytes.end()};
}

/// The readable text that is to be changed, "" if there is none; an unreadable file is set aside.
std::string text_to_change(const fs::path& file) {
  if (is_link(file))
    throw InputError("cannot write " + file.string() + ": it is a link to another place; remove it");
  if (kind_of(file) == PathKind::Nothing) return "";
  try {
    std::string text = stored_text(file);
    records::parse_label(text, file.string());
    return text;
  } catch (const InputError& damaged) {
    const std::string why = rename_path(file, folder_of(file) / kDamagedLabelName);
    if (why.empty()) return "";
    throw InputError(std::string(damaged.what()) + "; it cannot be kept aside: " + why +
                     "; remove one of the two files");
  }
}

}  // namespace

StoredLabel read_label(const fs::path& folder) {
  const fs::path file = folder / kLabelName;
  if (kind_of(file) == PathKind::Nothing && !is_link(file)) return {};
  try {
    return {records::parse_label(stored_text(file), file.string()), ""};
  } catch (const InputError& damaged) {
    return {{}, damaged.what()};
  }
}

void write_label(const fs::path& folder, const RunLabel& label) {
  const std::string why = label_problem(label);
  if (!why.empty()) throw InputError("cannot label " + folder.string() + ": " + why);
  const fs::path file = folder / kLabelName;
  files::write_file_atomically(file, records::label_text(label, text_to_change(file)));
}

}  // namespace lf::run
