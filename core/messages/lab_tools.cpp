#include "messages/lab_tools.h"

#include "messages/command_words.h"
#include "messages/errors.h"

namespace lf {

namespace {

using Kind = LabArgument::Kind;
constexpr const char* kFlowLab = "flow-lab";

}  // namespace

const std::vector<LabToolInfo>& lab_tools() {
  static const std::vector<LabToolInfo> tools{
      {"ghost",
       kFlowLab,
       "Endpoint ghost",
       "What does it already believe?",
       "Left the state x(t) as a picture, right the digit where it would end if it went straight on from "
       "here. "
       "The chart shows how undecided the judge is about that guess: many bits at first, none once the class "
       "is "
       "settled. Move t and watch which digits change their mind.",
       {{"unlabelled", Kind::Switch, "on"}}},
      {"solvers", kFlowLab, "Solver microscope", "What does a step cost?",
       "The same noise through every solver with the same number of network evaluations, and what each gets "
       "wrong "
       "against a very fine solution. In the chart each solver falls along a line whose slope is its order, "
       "until "
       "rounding stops it. Choose an NFE and compare the pictures: few evaluations go further than one "
       "thinks."},
      {"guidance", kFlowLab, "Guidance anatomy", "What does guidance add?",
       "Guidance goes from the velocity without a label through the one with it, and beyond. On top what "
       "each of them "
       "heads for at t, and how long the step between them is; right the digit drawn with every guidance and "
       "number "
       "of steps. Look where more guidance turns clear into loud."},
      {"loss-floor", kFlowLab, "Loss by t with its floor", "Why does the loss never reach zero?",
       "Many pairs of noise and digit pass through the same point with different velocities, and the best a "
       "net can answer is their mean: what remains is the floor. Net and exact answer are asked about the "
       "same pairs, drawn as training draws them. The gap between the curves is what can still be learned, "
       "or learned by heart."},
      {"field",
       kFlowLab,
       "Vector field",
       "Where does it generalise, where would it memorise?",
       "The net's velocity on a plane through latent space, beside the exact one of all training digits, "
       "which "
       "would end at one of them, and what is between the two. Streaks and arrows show where a state goes, "
       "faint points where the training digits stand at t. Move t: early the two are alike, late the exact "
       "one falls apart into cells of single digits, and the net does not follow.",
       {{"plane", Kind::Choice, "lda", 0, 0, {"pca", "lda", "digits"}},
        {"a", Kind::Integer, "3", 0, 9},
        {"b", Kind::Integer, "5", 0, 9},
        {"c", Kind::Integer, "8", 0, 9},
        {"class", Kind::Integer, "-1", -1, 9},
        {"t", Kind::Number, "0.5", 0, 1}}},
  };
  return tools;
}

const LabToolInfo& lab_tool(const std::string& id) {
  std::vector<std::string> known;
  for (const LabToolInfo& tool : lab_tools()) {
    if (id == tool.id) return tool;
    known.push_back(tool.id);
  }
  throw InputError("unknown lab tool '" + id + "'; known are " + joined_names(known) + ", off");
}

}  // namespace lf
