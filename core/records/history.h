// The learning curves of a run, as they grow and as they are stored.
#pragma once

#include <string>

#include "protocol/snapshot.h"

namespace lf {

/// Appends one point.
void append(Series& series, int64_t step, double value, double seconds);

/// Everything that is plotted over steps.
struct History {
  LossBlock loss;
  Series fd;  ///< live scores

  /// The rows of history.csv: seconds,phase,step,loss,loss_test,lr,fd.
  std::string csv() const;
};

inline constexpr double kMostHistoryStep = 1e15;  ///< floats hold no larger steps than these with any sense

/// Reads a history.csv written by csv(). Throws InputError naming `name` and the line.
History parse_history(const std::string& text, const std::string& name);

}  // namespace lf
