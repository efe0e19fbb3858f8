// Facts to quote in a report: program, version, machine and data.
#pragma once

#include <string>

#include "panels/panel.h"
#include "protocol/snapshot.h"

namespace lf::app::panels {

/// "Latent Flow Explorer 0.1.0 · CPU · 2 threads · MNIST, 60,000 digits"
std::string about_line(const Snapshot& snapshot);

/// The program's description, version and machine. Called while view.about.
void draw_about(const PanelContext& c);

}  // namespace lf::app::panels
