#include "panels/files/state.h"

#include <algorithm>

#include "base/output_name.h"
#include "base/typed_path.h"
#include "protocol/figure_kinds.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr size_t kRecent = 12;

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool is_export_name(const std::string& name) {
  return is_animation(name) || ends_with(name, ".png") || ends_with(name, ".npy");
}

bool is_figure_name(const std::string& name) {
  const auto& endings = figure_endings();
  return std::any_of(endings.begin(), endings.end(),
                     [&](const std::string& ending) { return ends_with(name, ending); });
}

/// Modes that a switch keeps; Open and Save follow from view.saving_as.
struct StoredMode {
  FilesMode mode;
  const char *word, *proposal;  ///< proposal: of a name for the file
};
constexpr StoredMode kStoredModes[] = {{FilesMode::Export, "export", "flow.gif"},
                                       {FilesMode::Import, "import", ""},
                                       {FilesMode::Share, "share", "run.html"},
                                       {FilesMode::Figure, "figure", "figure.pdf"}};

}  // namespace

FilesMode files_mode(const ViewState& view) {
  const std::string stored = view.text("now.files.mode", "");
  for (const StoredMode& mode : kStoredModes)
    if (stored == mode.word) return mode.mode;
  return view.saving_as ? FilesMode::Save : FilesMode::Open;
}

void set_files_mode(ViewState& view, FilesMode mode) {
  view.saving_as = mode == FilesMode::Save;
  std::string word, name = view.saving_as ? "model.safetensors" : "";
  for (const StoredMode& one : kStoredModes)
    if (mode == one.mode) word = one.word, name = one.proposal;
  view.set("now.files.mode", word);
  view.set("now.files.run", std::string());
  view.set("now.files.path", name);
  view.set("now.files.named", std::string("yes"));
}

void open_files_panel(ViewState& view, FilesMode mode) {
  view.files = true;
  set_files_mode(view, mode);
}

void open_share_panel(ViewState& view, const std::string& run) {
  open_files_panel(view, FilesMode::Share);
  view.set("now.files.run", run);
  if (!run.empty()) view.set("now.files.path", base_name(run) + ".html");
}

void close_files_panel(ViewState& view) {
  view.files = view.saving_as = false;
  for (const char* part : {"mode", "figure.kind", "run", "path", "asked", "named", "focused"}) {
    view.switches.erase(std::string("now.files.") + part);
  }
}

void remember_recent(ViewState& view, const std::string& path) {
  auto& recent = view.recent;
  recent.erase(std::remove(recent.begin(), recent.end(), path), recent.end());
  recent.insert(recent.begin(), path);
  if (recent.size() > kRecent) recent.resize(kRecent);
}

bool writes_file(FilesMode mode) {
  return mode == FilesMode::Save || mode == FilesMode::Export || mode == FilesMode::Share ||
         mode == FilesMode::Figure;
}

std::string join_path(const std::string& folder, const std::string& name) {
  if (folder.empty() || (!name.empty() && name[0] == '/')) return name;
  return ends_with(folder, "/") ? folder + name : folder + "/" + name;
}

std::string base_name(const std::string& path) {
  const auto end = path.find_last_not_of('/');
  if (end == std::string::npos) return path;
  const auto slash = path.find_last_of('/', end);
  return path.substr(slash == std::string::npos ? 0 : slash + 1,
                     end - (slash == std::string::npos ? 0 : slash + 1) + 1);
}

std::string path_problem(const ViewState& view) {
  const std::string text = view.text("now.files.path", "");
  if (text.empty()) return "Type a path or select one below.";
  if (writes_file(files_mode(view)) && ends_with(text, "/")) return "Add a file name after the folder.";
  if (files_mode(view) == FilesMode::Export && !is_export_name(text)) {
    return "End the name with .gif, .webp or .mp4 (noise to digit), .png (grid) or .npy (pixels).";
  }
  if (files_mode(view) == FilesMode::Figure && !is_figure_name(text))
    return "End the name with .pdf, .svg, .png or .csv.";
  if (files_mode(view) == FilesMode::Share && !ends_with(text, ".html")) return "End the name with .html.";
  return "";
}

std::string chosen_path(const ViewState& view, const BrowseBlock& browse) {
  std::string text = typed_path(view.text("now.files.path", ""));
  if (files_mode(view) == FilesMode::Save && !ends_with(text, ".safetensors")) text += ".safetensors";
  const bool listed = !browse.path.empty() && text.rfind(join_path(browse.path, ""), 0) == 0;
  return listed ? text : join_path(browse.path, text);
}

bool replaces_file(const std::string& path, const BrowseBlock& browse) {
  return std::any_of(browse.entries.begin(), browse.entries.end(), [&](const FileEntry& entry) {
    return !entry.folder && join_path(browse.path, entry.name) == path;
  });
}

Command files_command(FilesMode mode, const std::string& path, const std::string& run) {
  if (mode == FilesMode::Save) return SaveCommand{path};
  if (mode == FilesMode::Export) return ExportCommand{path};
  if (mode == FilesMode::Import) return ImportRunCommand{path};
  if (mode == FilesMode::Share) return ShareCommand{run, path};
  return OpenCommand{path};
}

std::string size_text(const FileEntry& entry) {
  if (entry.folder) return "";
  const double bytes = static_cast<double>(entry.bytes);
  if (bytes < 1024) return std::to_string(entry.bytes) + " B";
  if (bytes < 1024 * 1024) return fixed(bytes / 1024, 0) + " kB";
  if (bytes < 1024.0 * 1024 * 1024) return fixed(bytes / (1024 * 1024), 1) + " MB";
  return fixed(bytes / (1024.0 * 1024 * 1024), 1) + " GB";
}

std::string entry_problem(const FileEntry& entry, FilesMode mode) {
  if (entry.folder) return "";
  if (mode == FilesMode::Import) return "Select the folder of a run.";
  if (mode != FilesMode::Open) return "";
  for (const char* usable : {"model", "run", "data", "picture"}) {
    if (entry.kind == usable) return "";
  }
  const std::string what = entry.kind.empty() ? "" : " (" + entry.kind + ")";
  return "Not a model, run, data set or image of a digit" + what + ".";
}

}  // namespace lf::app::panels
