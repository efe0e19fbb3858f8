// The cards of the network microscope, in three files.
#pragma once

#include "lab/network/result.h"
#include "panels/lab/panels.h"

namespace lf::app::panels {

/// The microscope's selection: the state at the slider's t, and one digit or the mean of all.
struct NetworkPlace {
  size_t digit = 0, state = 0;
  bool mean = false;
};

/// The mean over the digits (or the selected digit) of `per_block` numbers of each block, at one
/// state, from a series (S, digits, blocks, per_block): (blocks, per_block).
std::vector<float> network_numbers(const LabNetwork& n, const std::vector<float>& series, size_t per_block,
                                   const NetworkPlace& place, size_t state);

/// Maps of every head: rows are blocks, columns heads.
void draw_attention_maps(const PanelContext& c, Rect area, const LabNetwork& n, const NetworkPlace& place);
/// The output of each branch, and the modulation of each block, along t.
void draw_network_shares(const PanelContext& c, const LabNetwork& n, const NetworkPlace& place);
void draw_network_modulation(const PanelContext& c, const LabNetwork& n, const NetworkPlace& place);

}  // namespace lf::app::panels
