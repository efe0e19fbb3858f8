// What every tool of the lab is to the worker: work in slices whose present findings can be looked at.
#pragma once

#include <memory>
#include <string>

#include "inference/model.h"
#include "lab/arguments.h"
#include "lab/block.h"
#include "lab/latent_store.h"
#include "lab/list.h"
#include "metrics/judge.h"

namespace lf {

/// What the user has chosen; a change of it begins anew, unless the tool can go on (LabWork::retarget).
struct LabOptions {
  int64_t seed = 7;  ///< of the noise: the same digits as the preview's
  int digit = -1;    ///< asked for; −1 all in turn
  double guidance = 1;
  bool raw_weights = false;
  LabArguments arguments = {};  ///< of the tool
  bool operator==(const LabOptions& o) const {
    return seed == o.seed && digit == o.digit && guidance == o.guidance && raw_weights == o.raw_weights &&
           arguments == o.arguments;
  }
  bool operator!=(const LabOptions& o) const { return !(*this == o); }
};

/// What a tool may look at; all of it outlives the work.
struct LabInput {
  const Model& model;             ///< weights that do not change
  const Judge* judge = nullptr;   ///< null where none fits the digits
  const Model* before = nullptr;  ///< the model that a reflow began with; null where none is at work
  LatentStore& latents;           ///< of the digits the model was trained on, encoded as far as was asked for
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
  /// Other options for the same model: true when the work goes on with them, keeping what still holds; false
  /// when it must begin anew.
  virtual bool retarget(const LabOptions& options) { return (void)options, false; }
};

/// The work behind a tool's question. Throws InputError that says why this model cannot answer it.
#define LF_MAKE(name) std::unique_ptr<LabWork> make_lab_##name(const LabInput& input);
LF_LAB_TOOLS(LF_MAKE)
#undef LF_MAKE
/// The one of this id.
std::unique_ptr<LabWork> make_lab_work(const std::string& tool, const LabInput& input);

}  // namespace lf
