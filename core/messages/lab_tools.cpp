#include "messages/lab_tools.h"

#include "messages/command_words.h"
#include "messages/errors.h"

namespace lf {

namespace {

using Kind = LabArgument::Kind;
constexpr const char* kFlowLab = "flow-lab";
constexpr const char* kLatentSpace = "latent-space";

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
      {"nearest", kLatentSpace, "Nearest training digits", "Has it copied a training digit?",
       "The preview's samples, and for the one chosen the five nearest training digits, by latents and by "
       "pixels. "
       "A copy lies much nearer to one training digit than to the next: d1/d2 is then small, and below the "
       "1 % quantile of real test digits an alarm is raised. About one in a hundred real digits raises it "
       "too; look at the pictures of those that do."},
      {"likelihood",
       kLatentSpace,
       "Likelihood",
       "Which digits does it find likely?",
       "How probable the flow finds real test digits: bits for each of the 64 numbers of a latent, less is "
       "likelier. "
       "The curves show each class's digits, the rows the most and the least likely ones. Watch the "
       "estimate close in on the exact value as probes are added.",
       {{"labels", Kind::Switch, "on"},
        {"digits", Kind::Integer, "400", 40, 10000},
        {"probes", Kind::Integer, "4", 2, 64},
        {"exact", Kind::Integer, "200", 0, 1000}}},
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
