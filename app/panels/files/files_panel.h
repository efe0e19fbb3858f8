// The window's own file dialog. The worker lists the folders, because a slow
// disk must not stop a frame.
#pragma once

#include <string>

#include "panels/panel.h"

namespace lf::app::panels {

/// The current mode of the files panel.
enum class FilesMode { Open, Save, Export, Import, Share, Figure };

/// Opens the panel (view.files) in a mode; its listing is requested from the worker when it is
/// drawn.
void open_files_panel(ViewState& view, FilesMode mode);

/// Opens it to choose the file of a page of this run folder; "" is the current model.
void open_share_panel(ViewState& view, const std::string& run);

/// Closes it and discards the typed text.
void close_files_panel(ViewState& view);

/// Open / Save / Export / Import / Share above everything: a path field, recent files, and a folder browser
/// whose listings come from the worker (BrowseCommand, BrowseBlock). Called while view.files.
void draw_files_panel(const PanelContext& c);

/// Opens, imports, saves or exports what the system's dialog chose; then closes the panel.
void choose_file(const PanelContext& c, const std::string& path);

/// Switches between the panel and the window, which runs the system's dialog.
inline constexpr const char* kSystemDialog = "now.files.dialog";  ///< "", "there", "asked" or "open"

/// Moves a path to the top of the recent ones (at most twelve, without duplicates).
void remember_recent(ViewState& view, const std::string& path);

}  // namespace lf::app::panels
