// The interface of every lab tool to the worker: work in slices with intermediate results.
#pragma once

#include <memory>
#include <string>

#include "base/sliced_work.h"
#include "inference/model.h"
#include "lab/arguments.h"
#include "lab/block.h"
#include "lab/latent_store.h"
#include "lab/list.h"
#include "metrics/judge.h"

namespace lf::lab {

/// The user's choices; a change restarts the tool, unless it accepts the change
/// (LabWork::retarget).
struct LabOptions {
  int64_t seed = 7;  ///< of the noise: the same digits as in the preview
  int digit = -1;    ///< class label; −1 all in turn
  double guidance = 1;
  bool raw_weights = false;
  LabArguments arguments = {};  ///< of the tool
  bool operator==(const LabOptions& o) const {
    return seed == o.seed && digit == o.digit && guidance == o.guidance && raw_weights == o.raw_weights &&
           arguments == o.arguments;
  }
  bool operator!=(const LabOptions& o) const { return !(*this == o); }
};

/// The data that a tool may use; all of it outlives the work.
struct LabInput {
  const inference::Model& model;          ///< weights that do not change
  const metrics::Judge* judge = nullptr;  ///< null if none fits the digits
  const inference::Model* before =
      nullptr;           ///< the model from which a reflow started; null if none is running
  LatentStore& latents;  ///< of the digits the model was trained on, encoded as far as requested
  LabOptions options;
};

class LabWork : public SlicedWork {
 public:
  /// Writes the results so far to the block; called after a slice that changed them.
  virtual void publish(LabBlock& block) const = 0;
  /// True if there are new results since the last publish().
  virtual bool news() const = 0;
  /// Other options for the same model: true if the work continues with them and keeps valid
  /// results; false if it must restart.
  virtual bool retarget(const LabOptions& options) { return (void)options, false; }
};

/// The computation of a tool. Throws InputError that says why it is impossible with this model.
#define LF_MAKE(name) std::unique_ptr<LabWork> make_lab_##name(const LabInput& input);
LF_LAB_TOOLS(LF_MAKE)
#undef LF_MAKE
/// The computation of the tool with this id.
std::unique_ptr<LabWork> make_lab_work(const std::string& tool, const LabInput& input);

}  // namespace lf::lab
