// The provenance of a run: every change made to it during training, and digests of its weights at
// some steps. A replay repeats the run and compares.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "records/plan.h"

namespace lf::records {

/// What the last bits of a run depend on besides its seed, settings and digits.
struct Environment {
  int64_t threads = 0;
  std::string cpu;     ///< instruction set that LibTorch's kernels use: "AVX2"
  std::string device;  ///< "cpu", or the accelerator's name
  std::string build;   ///< program and LibTorch
  /// of the products: "float32", "bfloat16 (AMX)", …; "" on an accelerator, and in records of
  /// versions that trained only in float32.
  std::string arithmetic = {};
  int64_t parts = 0;  ///< whose gradients are summed separately; 0 in records of earlier versions

  bool operator==(const Environment& other) const {
    return threads == other.threads && cpu == other.cpu && device == other.device && build == other.build &&
           arithmetic == other.arithmetic && parts == other.parts;
  }
};

/// The differences of `now`, as text: "4 threads instead of 2, another build"; "" if there are
/// none.
std::string difference(const Environment& before, const Environment& now);

/// An event of a run, after the given number of steps.
struct ProvenanceEntry {
  enum class What {
    Session,  ///< it started, or was resumed, in `environment`
    Weights,  ///< its weights had this `digest`: the flow's, before the first flow step the autoencoder's
    Decoder,  ///< its autoencoder, whose decoder trains beside the flow, had this `digest`
    Rate,     ///< its learning rates were multiplied by `number`
    Finish,   ///< its goal was reached: the learning rate falls to 0 over `number` steps
    Extend,   ///< it got `number` more steps after its last
    Branch    ///< it left its `parent` here and continued with other `settings`
  };
  What what = What::Weights;
  int64_t autoencoder_step = 0, flow_step = 0;
  double number = 0;
  std::string digest;  ///< SHA-256, 64 lower-case hexadecimal digits
  Environment environment;
  std::string parent;                     ///< name of the run that a branch left
  std::string settings, settings_before;  ///< what a branch changed, as "key=value" words: new, and former
};

struct Provenance {
  RunPlan plan;                          ///< before the first step; with no steps: unknown
  int64_t pairs = 0;                     ///< of a reflow, without those held out
  std::string start;                     ///< of a reflow: digest of its initial weights
  std::vector<ProvenanceEntry> entries;  ///< in the order of the events

  bool known() const { return plan.steps() > 0; }
  /// The environment of the last session; null if unknown.
  const Environment* last_environment() const;
  /// The entry of its last branch; null for a run that is none.
  const ProvenanceEntry* last_branch() const;
};

/// True for the steps whose weights are recorded: 1, 2, 5, 10, 20, 50, …
bool is_marked_step(int64_t step);

/// As JSON, on one line.
std::string provenance_text(const Provenance& provenance);

/// The inverse. Throws InputError that begins with `file` for text that no run writes.
Provenance parse_provenance(const std::string& text, const std::string& file);

}  // namespace lf::records
