// The file state.json in the user's configuration folder.
#pragma once

#include <string>

#include "panels/view_state.h"

namespace lf::app {

/// The window's settings that are kept between sessions.
struct UserState {
  int width = 1440, height = 900;  ///< of the window, in effective pixels
  panels::ViewState view;
  std::string last_view;   ///< the view on screen as a line of a script; "" none
  std::string newest_run;  ///< name of the newest run at that time
};

/// Reads it; anything missing or unreadable keeps its default (a damaged file must not prevent the
/// start).
UserState read_user_state(const std::string& folder);
/// The same from the file's text. Throws nothing.
UserState parse_user_state(const std::string& text);
/// As text for the same file.
std::string user_state_text(const UserState& state);
/// folder/state.json
std::string user_state_path(const std::string& folder);

}  // namespace lf::app
