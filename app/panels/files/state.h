// State and decisions of the files panel, without drawing.
#pragma once

#include <string>

#include "panels/files/files_panel.h"
#include "protocol/snapshot.h"

namespace lf::app::panels {

/// The mode of the view: that of the switch now.files.mode; without one Save while view.saving_as, else Open.
FilesMode files_mode(const ViewState& view);
/// Selects another mode and a suitable name in the path field.
void set_files_mode(ViewState& view, FilesMode mode);

/// The typed text as a path: relative names are in the listed folder, a saved model gets its
/// extension.
std::string chosen_path(const ViewState& view, const BrowseBlock& browse);
/// Why the typed text cannot be used; "" if it can.
std::string path_problem(const ViewState& view);
/// True when saving would replace a listed file.
bool replaces_file(const std::string& path, const BrowseBlock& browse);
/// True for the modes that write a file.
bool writes_file(FilesMode mode);
/// The command that the panel's main button sends; `run` is the run to share, "" the current one.
Command files_command(FilesMode mode, const std::string& path, const std::string& run = "");

/// `folder` and `name` as one path.
std::string join_path(const std::string& folder, const std::string& name);
/// The last part of a path.
std::string base_name(const std::string& path);
/// 412345 -> "403 kB"; "" for a folder.
std::string size_text(const FileEntry& entry);
/// Why an entry cannot be selected in this mode; "" if it can.
std::string entry_problem(const FileEntry& entry, FilesMode mode);

}  // namespace lf::app::panels
