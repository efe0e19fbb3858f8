#pragma once

#include <string>

#include "messages/snapshot.h"
#include "panels/panel.h"

namespace lf {

/// "Latent Flow Explorer 0.1.0 · CPU · 2 threads · MNIST, 60,000 digits"
std::string about_line(const Snapshot& snapshot);

/// The program's description, version and machine. Called while view.about.
void draw_about(const PanelContext& c);

}  // namespace lf
