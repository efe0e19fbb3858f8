// The course of a run: what it was told on its way, and what its weights were at some of its steps. A replay
// goes the same way again and compares.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "records/plan.h"

namespace lf {

/// What the last bits of a run depend on beside its seed, settings and digits.
struct Environment {
  int64_t threads = 0;
  std::string cpu;     ///< instruction set that LibTorch's kernels use: "AVX2"
  std::string device;  ///< "cpu", or the accelerator's name
  std::string build;   ///< program and LibTorch
  /// Of the products: "float32", "bfloat16 (AMX)", …; "" on an accelerator, and in records of versions that
  /// multiplied nothing else than float32 while training.
  std::string arithmetic;
  int64_t parts = 0;  ///< whose gradients are summed one by one; 0 in records of earlier versions

  bool operator==(const Environment& other) const {
    return threads == other.threads && cpu == other.cpu && device == other.device && build == other.build &&
           arithmetic == other.arithmetic && parts == other.parts;
  }
};

/// What is another in `now`, in words: "4 threads instead of 2, another build"; "" where all is the same.
std::string difference(const Environment& before, const Environment& now);

/// What happened to a run when it had made these steps.
struct CourseEntry {
  enum class What {
    Session,  ///< it began, or was resumed, in `environment`
    Weights,  ///< its weights had this `digest`: the flow's, before the first flow step the autoencoder's
    Decoder,  ///< its autoencoder, whose decoder learns beside the flow, had this `digest`
    Rate,     ///< its learning rates were multiplied by `number`
    Finish,   ///< its goal was reached: the rate falls to nothing over `number` steps
    Extend    ///< it was given `number` steps more after its last
  };
  What what = What::Weights;
  int64_t autoencoder_step = 0, flow_step = 0;
  double number = 0;
  std::string digest;  ///< SHA-256, 64 lower-case hexadecimal digits
  Environment environment;
};

struct Course {
  RunPlan plan;                      ///< before the first step; of no steps: not known
  int64_t pairs = 0;                 ///< of a reflow, beside those held out
  std::string start;                 ///< of a reflow: digest of the weights that it began with
  std::vector<CourseEntry> entries;  ///< in the order in which they happened

  bool known() const { return plan.steps() > 0; }
  /// The environment of the last session; null where none is known.
  const Environment* last_environment() const;
};

/// Is this one of the steps whose weights are noted: 1, 2, 5, 10, 20, 50, …?
bool is_marked_step(int64_t step);

/// As JSON, on one line.
std::string course_text(const Course& course);

/// The same way back. Throws InputError that begins with `file` for text that no run writes.
Course parse_course(const std::string& text, const std::string& file);

}  // namespace lf
