#include "lab/tools.h"

#include "base/command_words.h"
#include "base/errors.h"
#include "lab/drawing/result.h"
#include "lab/time_grid/result.h"

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
       "rounding stops it. Choose a number of evaluations and compare the pictures: few evaluations go "
       "further than one "
       "thinks."},
      {"time-grid",
       kFlowLab,
       "Time grid",
       "Where should the steps go?",
       "The same number of steps can stand anywhere along t: drag their boundaries, or bend them all at "
       "once. "
       "The chart shows where a short step errs most; equalise places the steps so that each errs alike. See "
       "what that saves against equal steps, in numbers and in the digits.",
       {{"times", Kind::Text, "", 0, 200},
        {"steps", Kind::Integer, "4", 1, kMostGridSteps},
        {"solver", Kind::Choice, "midpoint", 0, 0, {"midpoint", "euler", "heun", "rk4"}},
        {"warp", Kind::Number, "1", 0.25, 4},
        {"equalise", Kind::Switch, "off"}}},
      {"field",
       kFlowLab,
       "Vector field",
       "Does it generalise, or memorise?",
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
        {"t", Kind::Number, "0.5", 0, 1},
        {"quick", Kind::Switch, "off"}}},
      {"straightness", kFlowLab, "Straightness", "How straight are the ways?",
       "A straight way at a constant speed is solved by one step; every bend costs more of them. The chart "
       "shows "
       "where along t the ways of 120 digits turn, below how much longer than the straight line they are. "
       "Look "
       "how little one, two or four steps of Euler get wrong where the ways are straight."},
      {"guidance", kFlowLab, "Guidance anatomy", "What does guidance add?",
       "Guidance goes from the velocity without a label through the one with it, and beyond. On top what "
       "each of them "
       "heads for at t, and how long the step between them is; right the digit drawn with every guidance and "
       "number "
       "of steps. Look where more guidance turns clear into loud."},
      {"coupling",
       kFlowLab,
       "Coupling lab",
       "Who goes with whom?",
       "Training pairs noise and digits by chance, so ways cross and must bend. Transport pairs each batch "
       "for "
       "the least distance, over all classes or within each: see how far, and whether a class gets noise of "
       "its "
       "own. A reflow pairs noise with the digit that the flow itself makes of it: after that a few steps "
       "do.",
       {{"show", Kind::Choice, "couplings", 0, 0, {"couplings", "reflow"}},
        {"batch", Kind::Choice, "256", 0, 0, {"64", "256", "512"}}}},
      {"loss-floor", kFlowLab, "Loss by t with its floor", "Why does the loss never reach zero?",
       "Many pairs of noise and digit pass through the same point with different velocities, and the best a "
       "net can answer is their mean: what remains is the floor. Net and exact answer are asked about the "
       "same pairs, drawn as training draws them. The gap between the curves is what can still be learned, "
       "or learned by heart."},
      {"step",
       kFlowLab,
       "One step explained",
       "What does one training step do?",
       "A training step in slow motion, on a copy of the net: digits and noise, times, the target, the "
       "prediction, "
       "the loss, the gradient and the update, each with its real numbers. Read the boxes from left to "
       "right; "
       "pictures and chart follow the box chosen. Try a higher rate: the batch gains by it, and other digits "
       "lose.",
       {{"draw", Kind::Integer, "0", 0, 999}, {"rate", Kind::Choice, "0.1", 0, 0, {"0.01", "0.1", "1"}}}},
      {"network", kFlowLab, "Network microscope", "What happens inside?",
       "The net while it draws the ten digits: what the tokens of each head look at, how far time and label "
       "turn "
       "each block, and how much attention and MLP add to what runs through the blocks. All of it at the "
       "slider's t. Move t "
       "and "
       "look "
       "which blocks work early and which late."},
      {"map",
       kLatentSpace,
       "Map",
       "How do the digits lie?",
       "Every training digit is a point: its 64 latent numbers seen along two axes, coloured by class. Class "
       "axes "
       "are chosen so that the classes fall apart, principal axes so that most of the spread is seen. Rest "
       "the mouse "
       "on a point to see its digit, click two to look at what lies between them.",
       {{"axes", Kind::Choice, "class", 0, 0, {"class", "principal"}}}},
      {"interpolation",
       kLatentSpace,
       "Interpolation",
       "What lies between two digits?",
       "Three ways from one training digit to another: straight through the latent, along the noise that "
       "flows into "
       "both, and half-way, blended at t. Frames of the latent are often no digit; those of the noise always "
       "end "
       "where digits are. Pin other digits on the map, or draw lots, and move t of the middle film.",
       {{"a", Kind::Integer, "7", 0, 1e7},
        {"b", Kind::Integer, "8", 0, 1e7},
        {"t", Kind::Number, "0.5", 0.05, 0.95}}},
      {"drawing",
       kLatentSpace,
       "Draw, invert, edit",
       "What does the flow make of your hand?",
       "Draw a digit: it is encoded, and followed back along the flow to the noise it would have come from. "
       "From that "
       "very noise the net then draws all ten classes, in your hand. Draw a seven with a bar, raise the "
       "guidance, or "
       "stir fresh noise into it, and see what stays yours.",
       {{"strokes", Kind::Text, ""},
        {"image", Kind::Text, "", 0, kImageTextLength},
        {"told", Kind::Integer, "-1", -1, 9},
        {"guidance", Kind::Number, "1", 0, 8},
        {"noise", Kind::Number, "0", 0, 1}}},
      {"nearest", kLatentSpace, "Nearest training digits", "Has it copied a training digit?",
       "The preview's samples, and for the one chosen the five nearest training digits, by latents and by "
       "pixels. "
       "A copy lies much nearer to one training digit than to the next: their ratio is then small, and below "
       "the "
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
