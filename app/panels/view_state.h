// The user's view. Not part of the experiment: no command and no snapshot contains it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lf::app::panels {

struct ViewState {
  // Time.
  float t = 0;  ///< 0 noise .. 1 data
  bool playing = true;
  bool loop = true;
  double speed = 0.5;  ///< 1 crosses the track in two seconds
  double hold = 0;     ///< seconds left at t = 1 before the loop starts again
  bool dragging_t = false;
  int64_t step_asked = -1;    ///< of the training, as last asked for; −1 the present
  double step_asked_at = -1;  ///< when it was asked for, in seconds of the window

  // Place.
  std::string page = "explore";
  int selected = 5;  ///< digit of the preview that the film strip shows
  std::string theme = "dark";
  float font_scale = 1;
  int settings = -1;       ///< 1 open, 0 folded, −1 by the size of the window
  bool help = false;       ///< the help overlay is open
  bool files = false;      ///< the open/save panel is open
  bool saving_as = false;  ///< the files panel asks for a name to save under
  bool about = false;

  /// The chips of cards by their ui-map name: "explore.flow.heading" -> "on". See on() and text().
  /// Names that begin with "now." are not kept when the window closes.
  std::map<std::string, std::string> switches;
  std::map<std::string, std::string> drafts;  ///< text being typed into a setting, not used yet
  std::vector<std::string> recent;            ///< files and folders opened or saved, newest first

  std::string picture_wanted;  ///< a PNG of the open lab tool to write after this frame; "" none
  float tool_area[4] = {};     ///< where that tool was last drawn: x, y, width, height in pixels

  std::string notice;         ///< of the window about the view, such as "copied"; "" none
  bool notice_warns = false;  ///< something could not be shown
  double notice_at = -1;      ///< when it appeared; −1: in the next frame

  uint64_t errors_seen = 0;  ///< banners dismissed up to this count
  uint64_t saves_seen = 0;
  double save_shown_at = -1;  ///< when the notice of the last save appeared
  bool closing = false;       ///< the window waits for the worker to save

  /// A chip's state, or `initial` when it was never touched.
  bool on(const std::string& key, bool initial) const {
    const auto found = switches.find(key);
    return found == switches.end() ? initial : found->second == "on";
  }
  std::string text(const std::string& key, const std::string& initial) const {
    const auto found = switches.find(key);
    return found == switches.end() ? initial : found->second;
  }
  void set(const std::string& key, bool value) { switches[key] = value ? "on" : "off"; }
  void set(const std::string& key, const std::string& value) { switches[key] = value; }
  void flip(const std::string& key, bool initial) { set(key, !on(key, initial)); }
};

}  // namespace lf::app::panels
