#pragma once

#include "panels/panel.h"

namespace lf {

/// The flow lab: a list of questions, and the open one with its answer.
void draw_lab_page(const PanelContext& c);
/// The latent space: the same, of other questions.
void draw_latent_page(const PanelContext& c);

/// Tells the worker which tool is looked at, and closes the lab when its page is left; a `lab` line of a
/// script opens its page. Called in every frame.
void keep_lab_in_step(const PanelContext& c);

}  // namespace lf
