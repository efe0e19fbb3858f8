// The context of a panel. It reads the snapshot, draws into `area`, changes the view, and sends
// commands; it keeps no state.
#pragma once

#include <functional>

#include "panels/panel_cache.h"
#include "panels/view_state.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"
#include "widgets/ui.h"

namespace lf::app::panels {

struct PanelContext {
  const Snapshot& snapshot;
  ViewState& view;
  Ui& ui;
  PanelCache& cache;
  const std::function<void(Command)>& send;
  Rect area;  ///< where to draw

  /// The same for another area.
  PanelContext within(const Rect& rect) const { return {snapshot, view, ui, cache, send, rect}; }
  const Theme& theme() const { return ui.colours(); }
  float px(float effective) const { return ui.px(effective); }
};

}  // namespace lf::app::panels
