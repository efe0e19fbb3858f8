#pragma once

#include "app/input/input.h"
#include "panels/panel.h"

namespace lf {

/// Does what the keys of the last frame ask for. Keys that go into a text field are not passed on.
/// Returns true when the window should close (Ctrl+Q).
bool obey_keys(const PanelContext& c, const Input& input);

}  // namespace lf
