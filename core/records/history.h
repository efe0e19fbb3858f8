// The training curves of a run, in memory and as a file.
#pragma once

#include <string>

#include "protocol/snapshot.h"

namespace lf::records {

/// Appends one point.
void append(Series& series, int64_t step, double value, double seconds);

/// Everything that is plotted over steps.
struct History {
  LossBlock loss;
  Series fd;  ///< live scores

  /// The rows of history.csv: seconds,phase,step,loss,loss_test,lr,fd.
  std::string csv() const;
};

inline constexpr double kMostHistoryStep = 1e15;  ///< larger steps are not exact in a float

/// Reads a history.csv written by csv(). Throws InputError naming `name` and the line.
History parse_history(const std::string& text, const std::string& name);

}  // namespace lf::records
