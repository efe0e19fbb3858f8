// What the window keeps between sessions: reads it at the start, restores the last view once everything is
// loaded, and says when there is something to write.
#pragma once

#include <string>

#include "app/user_state.h"
#include "panels/panel.h"

namespace lf::app {

class UserMemory {
 public:
  /// folder: of state.json; "" keeps nothing. restores_view: false where the call names what to show.
  UserMemory(std::string folder, bool restores_view);

  /// The state of the last session; of a first one the initial state, with an offer of the tour.
  UserState read();
  /// Call in every frame: shows the view of the last session when the model and the runs are known. Runs that
  /// are gone are left out. Without a newer run since then, the run on screen is opened again, too.
  void restore_view(const panels::PanelContext& c);
  /// True about twice a minute: time to write, so that a crash loses little.
  bool due(double now);
  /// The text to write if it is another than last time; else "".
  std::string changed_text(UserState state, const Snapshot& snapshot);
  bool keeps() const { return !folder_.empty(); }

 private:
  std::string folder_;
  bool restores_ = false;
  std::string view_, newest_run_;  ///< of the last session
  std::string written_;
  double asked_ = 0;  ///< when due() was last true
};

}  // namespace lf::app
