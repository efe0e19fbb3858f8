// What each key does in the window, unless a text field takes it.
#pragma once

#include "app/input/input.h"
#include "panels/panel.h"

namespace lf::app {

/// Executes the shortcuts of the last frame. Keys that go into a text field are not included.
/// Returns true when the window should close (Ctrl+Q).
bool obey_keys(const panels::PanelContext& c, const Input& input);

}  // namespace lf::app
