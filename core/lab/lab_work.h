// What every tool of the lab is to the worker: work in slices whose present findings can be looked at.
#pragma once

#include <memory>
#include <string>

#include "inference/model.h"
#include "messages/lab.h"
#include "metrics/judge.h"

namespace lf {

/// What the user has chosen for all tools; a change of it begins anew.
struct LabOptions {
  int64_t seed = 7;  ///< of the noise: the same digits as the preview's
  int digit = -1;    ///< asked for; −1 all in turn
  double guidance = 1;
  bool raw_weights = false;
  bool operator==(const LabOptions& o) const {
    return seed == o.seed && digit == o.digit && guidance == o.guidance && raw_weights == o.raw_weights;
  }
  bool operator!=(const LabOptions& o) const { return !(*this == o); }
};

/// What a tool may look at; all of it outlives the work.
struct LabInput {
  const Model& model;            ///< weights that do not change
  const Judge* judge = nullptr;  ///< null where none fits the digits
  LabOptions options;
};

class LabWork {
 public:
  virtual ~LabWork() = default;
  /// One bounded slice; false when the answer is complete.
  virtual bool advance() = 0;
  /// 0..1.
  virtual double progress() const = 0;
  /// Puts what is known so far into the block; called after a slice that changed it.
  virtual void publish(LabBlock& block) const = 0;
  /// True when something new could be shown since the last publish().
  virtual bool news() const = 0;
};

/// The work behind a tool's question. Throws InputError that says why this model cannot answer it.
std::unique_ptr<LabWork> make_endpoint_ghost(const LabInput& input);
std::unique_ptr<LabWork> make_solver_microscope(const LabInput& input);
std::unique_ptr<LabWork> make_guidance_anatomy(const LabInput& input);
/// The one of this id.
std::unique_ptr<LabWork> make_lab_work(const std::string& tool, const LabInput& input);

}  // namespace lf
