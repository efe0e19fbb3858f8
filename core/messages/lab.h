// The flow lab: its tools, and what each publishes. A tool is a question about the model in hand; its block
// fills while the worker computes, and stays when it is done.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace lf {

/// One tool of the lab.
struct LabToolInfo {
  const char* id;        ///< in scripts and the ui-map: `lab ghost`
  const char* name;      ///< in the list
  const char* question;  ///< its title
  const char* tooltip;   ///< three sentences: what is shown, how to read it, what to try
};

/// In the order of the list.
const std::vector<LabToolInfo>& lab_tools();
/// The tool with this id. InputError, listing the known ones, when there is none.
const LabToolInfo& lab_tool(const std::string& id);

/// "What does it already believe?": the endpoint guess x̂1(t) on the way, and what the judge sees in it.
struct LabGhost {
  int64_t digits = 0;
  std::vector<float> t;             ///< (S) ascending from 0 to 1
  std::vector<uint8_t> labels;      ///< (digits) asked for; 10: nobody asked (no labels, or guidance 0)
  std::vector<uint8_t> states;      ///< (S, digits, 784) decoded x_t
  std::vector<uint8_t> guesses;     ///< (S, digits, 784) decoded x̂1(t)
  std::vector<float> probability;   ///< (S, digits, 10) of each class in the guess
  std::vector<float> entropy;       ///< (S, digits) of those, in bits
  std::vector<float> mean_entropy;  ///< (S)
  std::vector<uint8_t> seen;        ///< (S, digits) the most probable class
  std::vector<float> decided;       ///< (digits) the t from which that class stays
  int64_t switches = 0;             ///< changes of the class, over all digits
};

/// One way to solve the same equation.
struct LabSolverPoint {
  std::string solver;
  int order = 1;
  bool adaptive = false;
  int64_t nfe = 0;
  double tolerance = 0;    ///< of an adaptive solver
  double error = 0;        ///< RMS of x(1) against the reference, per coordinate (latents have deviation 1)
  double pixel_error = 0;  ///< RMS of the decoded pictures against the reference's, pixels in [0, 1]
  int64_t accepted = 0, rejected = 0;  ///< steps
};

/// One attempted step of the adaptive solver.
struct LabAttempt {
  float from = 0, to = 0, error = 0;  ///< error over tolerance
  bool accepted = true;
};

/// "What does a step cost?": every solver from the same noise, against a reference.
struct LabSolvers {
  int64_t digits = 0;     ///< integrated
  int64_t shown = 0;      ///< of them with pictures
  std::string reference;  ///< "rk4, 50 steps"
  int64_t reference_nfe = 0;
  std::vector<LabSolverPoint> points;  ///< in the order computed
  std::vector<uint8_t> pictures;       ///< (points, shown, 784)
  std::vector<uint8_t> true_pictures;  ///< (shown, 784) of the reference
  std::vector<LabAttempt> attempts;    ///< of dopri5 at attempts_tolerance
  double attempts_tolerance = 0;
};

/// "What does guidance add?": velocities without and with the digit's label, and guidance by steps.
struct LabGuidance {
  int64_t digits = 0;            ///< one of each class, 0 to 9 in turn
  std::vector<float> t;          ///< (S) along the path that the labels alone make (w = 1)
  double guided = 3;             ///< w of the guided guesses below
  std::vector<uint8_t> guesses;  ///< (3, S, digits, 784) decoded x̂1(t) by v_null, v_digit and the guided v
  std::vector<float> null_norm, digit_norm;  ///< (S, digits) RMS of the velocities, per coordinate
  std::vector<float> difference_norm;        ///< (S, digits) of v_digit − v_null: what guidance multiplies
  std::vector<float> cosine;                 ///< (S, digits) between v_null and v_digit
  std::vector<double> weights;               ///< (W) guidances of the grid
  std::vector<int64_t> steps;                ///< (K) midpoint steps of the grid
  std::vector<uint8_t> pictures;  ///< (cells, digits, 784), cell = weight · K + step, in this order
  std::vector<uint8_t> seen;      ///< (cells, digits) class the judge sees; empty without a judge
};

/// What the open tool has found so far.
struct LabBlock {
  std::string tool;  ///< "" while the lab is closed
  bool complete = false;
  double progress = 0;       ///< 0..1 of the full answer
  std::string problem;       ///< why it cannot answer; "" when it can
  int64_t trained_step = 0;  ///< flow step whose weights answer
  int64_t seed = 0;
  double guidance = 1;
  int digit = -1;
  bool unlabelled = false;  ///< as asked for in LabCommand
  std::shared_ptr<const LabGhost> ghost;
  std::shared_ptr<const LabSolvers> solvers;
  std::shared_ptr<const LabGuidance> guidance_grid;
  uint64_t version = 0;
};

}  // namespace lf
