// What a panel is given. It reads the snapshot, draws into `area`, changes the view, and sends commands; it
// keeps nothing.
#pragma once

#include <functional>

#include "panels/panel_cache.h"
#include "panels/view_state.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"
#include "widgets/ui.h"

namespace lf {

struct PanelContext {
  const Snapshot& snapshot;
  ViewState& view;
  Ui& ui;
  PanelCache& cache;
  const std::function<void(Command)>& send;
  Rect area;  ///< where to draw

  /// The same for another place.
  PanelContext within(const Rect& rect) const { return {snapshot, view, ui, cache, send, rect}; }
  const Theme& theme() const { return ui.colours(); }
  float px(float effective) const { return ui.px(effective); }
};

}  // namespace lf
