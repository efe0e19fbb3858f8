// What every tool of the lab publishes: plain numbers that say themselves how they look as a table and on
// paper.
#pragma once

#include "lab/figure.h"
#include "lab/table.h"

namespace lf {

struct LabResult {
  virtual ~LabResult() = default;
  /// What `export F.csv` and `latentflow lab --out F.csv` write.
  virtual LabTable table() const = 0;
  /// What `latentflow lab --out F.png` draws. Parts that are not known yet are left out.
  virtual LabFigure figure() const = 0;
};

}  // namespace lf
