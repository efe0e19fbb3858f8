// Controls and displays of a number: the track of t, number fields, progress bars.
#pragma once

#include <string>
#include <vector>

#include "widgets/control/control.h"

namespace lf::app::widgets {

/// The big track of t: from noise (violet) to data (amber), a tick at every solver step, a knob.
struct TrackSpec {
  ControlInfo info;
  std::vector<float> ticks;  ///< 0..1
  float value = 0;           ///< 0..1
  std::string left, right;   ///< texts at the ends
};
/// Returns true while it is dragged or was clicked; `value` is the new one.
bool t_track(Ui& ui, const Rect& rect, const TrackSpec& spec, float& value);

/// A narrow track of moments, from the first to the present: `ticks` are its places, `drawn` (as many) says
/// which of them can be shown at once. Returns true while it is dragged or was clicked; `place` is then the
/// nearest tick.
struct MomentTrack {
  ControlInfo info;
  size_t ticks = 0;            ///< at least two, side by side
  std::vector<uint8_t> drawn;  ///< 1: bright
  size_t place = 0;
};
bool moment_track(Ui& ui, const Rect& rect, const MomentTrack& spec, size_t& place);

/// A field for one number: drag to change, click to type.
struct NumberSpec {
  ControlInfo info;
  double value = 0, low = 0, high = 1;
  bool integer = false, logarithmic = false;
  bool overridden = false;  ///< drawn as changed from its default
  std::string unit;
  std::string shown;  ///< text for the value; "" formats it
};
/// Returns true in the frame in which the value changed.
bool number_field(Ui& ui, const Rect& rect, const NumberSpec& spec, double& value);

/// A thin progress bar, 0..1, possibly of several coloured segments.
struct ProgressPart {
  float share;  ///< of the whole bar
  float done;   ///< 0..1 of this part
  Color colour;
};
void progress_bar(const Ui& ui, const Rect& rect, const std::vector<ProgressPart>& parts);

}  // namespace lf::app::widgets
