// What every tool of the lab publishes: plain numbers that say themselves how they look as a table.
#pragma once

#include "lab/table.h"

namespace lf {

struct LabResult {
  virtual ~LabResult() = default;
  /// What `export F.csv` and `latentflow lab` write.
  virtual LabTable table() const = 0;
};

}  // namespace lf
