// The learning curves of a run, as they grow and as they are stored.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>

#include "messages/snapshot.h"

namespace lf {

/// Appends one point.
void append(Series& series, int64_t step, double value, double seconds);

/// Everything that is plotted over steps.
struct History {
  LossBlock loss;
  Series fd;  ///< live scores

  /// All points as tensors (for a checkpoint) and back. load ignores what is absent.
  std::map<std::string, at::Tensor> to_map() const;
  void load(const std::map<std::string, at::Tensor>& tensors);

  /// The rows of history.csv: seconds,phase,step,loss,loss_test,lr,fd.
  std::string csv() const;
};

/// Reads a history.csv written by csv(). Throws InputError naming `name` and the line.
History parse_history(const std::string& text, const std::string& name);

}  // namespace lf
