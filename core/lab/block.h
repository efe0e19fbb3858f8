// What the open tool of the lab publishes. Each tool has a result of its own, in a header of its own, which
// only those include who fill it or draw it; it grows while the worker computes, and stays when it is done.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "lab/arguments.h"
#include "lab/result.h"

namespace lf {

/// The result of the open tool so far.
struct LabBlock {
  std::string tool;        ///< "" while the lab is closed
  LabArguments arguments;  ///< of this result
  bool complete = false;
  double progress = 0;       ///< 0..1 of the complete result
  std::string problem;       ///< why there can be no result; "" if there can
  int64_t trained_step = 0;  ///< flow step of the weights used
  int64_t seed = 0;
  double guidance = 1;
  int digit = -1;
  uint64_t version = 0;

  std::shared_ptr<const LabResult> result;  ///< of the open tool; null until there is something to show

  /// The result of a certain tool: `lab.as<LabGhost>()`; null where another one is open.
  template <class Result>
  std::shared_ptr<const Result> as() const {
    return std::dynamic_pointer_cast<const Result>(result);
  }
};

/// The numbers of the current tool's result (possibly partial). Throws InputError when none is open
/// or there is no result.
LabTable lab_table(const LabBlock& block);

}  // namespace lf
