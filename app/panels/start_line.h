// The initial level of the flow's loss: that of an untrained network.
#pragma once

#include <array>
#include <vector>

#include "protocol/snapshot.h"
#include "widgets/plot/plot.h"

namespace lf::app::panels {

/// A level line under the flow's curves; owns its two points.
class StartLine {
 public:
  /// `x`: the axis of the training curve beside it.
  StartLine(const LossBlock& loss, const std::vector<float>& x)
      : known_(loss.flow_start > 0 && !x.empty()),
        x_{known_ ? x.front() : 0, known_ ? x.back() : 0},
        y_{static_cast<float>(loss.flow_start), static_cast<float>(loss.flow_start)} {}

  bool known() const { return known_; }
  /// Points into this object: draw before it is destroyed.
  PlotCurve curve(Color colour) const {
    PlotCurve line;
    line.label = "untrained";
    line.colour = colour;
    line.x = x_.data();
    line.y = y_.data();
    line.count = x_.size();
    return line;
  }

 private:
  bool known_;
  std::array<float, 2> x_, y_;
};

}  // namespace lf::app::panels
