#pragma once

#include <string>

#include "panels/panel.h"

namespace lf {

/// What the files panel is for at the moment.
enum class FilesMode { Open, Save, Export };

/// Opens the panel (view.files) in a mode; its listing is asked from the worker when it is drawn.
void open_files_panel(ViewState& view, FilesMode mode);

/// Closes it and forgets what was typed.
void close_files_panel(ViewState& view);

/// Open / Save / Export over everything: a path to type, recent files, and a folder browser whose listings
/// come from the worker (BrowseCommand, BrowseBlock). Called while view.files.
void draw_files_panel(const PanelContext& c);

/// Puts a path first among the recent ones (twelve at most, none twice).
void remember_recent(ViewState& view, const std::string& path);

}  // namespace lf
