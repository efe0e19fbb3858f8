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
       "Endpoint estimate",
       "What does it predict at time t?",
       "Left: the state x(t). Right: its one-step estimate of x₁ from the current velocity. The chart "
       "shows the classifier's uncertainty about this estimate in bits; 0 means that the class is "
       "certain. Move t and watch which digits change their class.",
       {{"unlabelled", Kind::Switch, "on"}}},
      {"solvers", kFlowLab, "Solver error", "What does a solver step cost?",
       "Solves the same noise with every solver and equally many function evaluations, and shows the "
       "error against a fine solution. In the chart, each solver follows a line whose slope is its order, "
       "until rounding ends it. Choose a number of evaluations and compare the images."},
      {"time-grid",
       kFlowLab,
       "Time grid",
       "Where should the steps be?",
       "Places the same number of steps freely along t: drag their boundaries, or bend all of them at "
       "once. The chart shows where a short step has the largest error; Equalise gives all steps the same "
       "error. Compare with equal steps, in numbers and images.",
       {{"times", Kind::Text, "", 0, 200},
        {"steps", Kind::Integer, "4", 1, kMostGridSteps},
        {"solver", Kind::Choice, "midpoint", 0, 0, {"midpoint", "euler", "heun", "rk4"}},
        {"warp", Kind::Number, "1", 0.25, 4},
        {"equalise", Kind::Switch, "off"}}},
      {"field",
       kFlowLab,
       "Vector field",
       "Does it generalise or memorise?",
       "Shows the network's velocity on a plane through latent space, the exact velocity for all training "
       "digits, and their difference. Streaks and arrows show the direction of motion; faint points are "
       "training digits at time t. At small t the two agree; at large t the exact field splits into cells "
       "around single digits.",
       {{"plane", Kind::Choice, "lda", 0, 0, {"pca", "lda", "digits"}},
        {"a", Kind::Integer, "3", 0, 9},
        {"b", Kind::Integer, "5", 0, 9},
        {"c", Kind::Integer, "8", 0, 9},
        {"class", Kind::Integer, "-1", -1, 9},
        {"t", Kind::Number, "0.5", 0, 1},
        {"quick", Kind::Switch, "off"}}},
      {"straightness", kFlowLab, "Straightness", "How straight are the trajectories?",
       "One Euler step solves a straight trajectory of constant speed exactly; every bend needs more "
       "steps. The chart shows where along t the trajectories of 120 digits turn, and how much longer "
       "than a straight line they are. The images show the error of one, two or four Euler steps."},
      {"guidance", kFlowLab, "Guidance", "What does guidance add?",
       "Guidance extrapolates from the unconditional to the conditional velocity. On top: the endpoint "
       "estimate of each velocity at t, and the length of their difference. Right: the digits for every "
       "guidance weight and number of steps. Too much guidance makes strokes overly bold."},
      {"coupling",
       kFlowLab,
       "Coupling",
       "Which noise belongs to which digit?",
       "With independent coupling, paths cross and the learned trajectories bend. Minibatch optimal "
       "transport (OT) pairs each batch with the smallest total distance, over all classes or within "
       "each; but noise may then depend on the class. A reflow pairs noise with the digit that the flow "
       "generates from it; few steps then suffice.",
       {{"show", Kind::Choice, "couplings", 0, 0, {"couplings", "reflow"}},
        {"batch", Kind::Choice, "256", 0, 0, {"64", "256", "512"}}}},
      {"loss-floor", kFlowLab, "Loss by time", "Why does the loss never reach zero?",
       "Many pairs of noise and digit pass through the same point with different velocities. The best "
       "prediction is their mean; the variance around it is the irreducible loss. The gap between the "
       "curves can still be learned, or memorised. Network and exact field use the same pairs, sampled as "
       "in training."},
      {"step",
       kFlowLab,
       "Training step",
       "What does one training step do?",
       "One training step in slow motion, on a copy of the network: digits and noise, times, target, "
       "prediction, loss, gradient and update, with the real numbers. Images and chart follow the "
       "selected stage. A higher learning rate lowers the loss of this batch and raises that of other "
       "digits.",
       {{"draw", Kind::Integer, "0", 0, 999}, {"rate", Kind::Choice, "0.1", 0, 0, {"0.01", "0.1", "1"}}}},
      {"network", kFlowLab, "Network internals", "What happens inside the network?",
       "Records the network while it generates the ten digits: the attention of each head, the modulation "
       "of each block by time and label, and what attention and MLP add to the residual stream. All of it "
       "is at the slider's t. Move t to see which blocks are active early and which late."},
      {"map",
       kLatentSpace,
       "Map",
       "How are the digits arranged?",
       "Every training digit is a point: its 64 latent dimensions projected onto two axes, coloured by "
       "class. Class axes separate the classes best; principal axes show the most variance. Rest the "
       "mouse on a point to see its digit; click two to interpolate between them.",
       {{"axes", Kind::Choice, "class", 0, 0, {"class", "principal"}}}},
      {"interpolation",
       kLatentSpace,
       "Interpolation",
       "What is between two digits?",
       "Three routes from one training digit to another: linear in the latent, through the noise of both, "
       "and halfway, mixed at t. Frames in the latent are often not digits; frames from the noise are. "
       "Pin other digits on the map, choose random ones, or move t for the middle route.",
       {{"a", Kind::Integer, "7", 0, 1e7},
        {"b", Kind::Integer, "8", 0, 1e7},
        {"t", Kind::Number, "0.5", 0.05, 0.95}}},
      {"drawing",
       kLatentSpace,
       "Draw, invert, edit",
       "What does the flow make of your handwriting?",
       "Draw a digit: it is encoded and followed backwards along the flow to its noise. From this noise "
       "the network generates all ten classes in your handwriting. Draw a seven with a bar, raise the "
       "guidance, or mix in fresh noise, and see what remains.",
       {{"strokes", Kind::Text, ""},
        {"image", Kind::Text, "", 0, kImageTextLength},
        {"told", Kind::Integer, "-1", -1, 9},
        {"guidance", Kind::Number, "1", 0, 8},
        {"noise", Kind::Number, "0", 0, 1}}},
      {"nearest", kLatentSpace, "Nearest training digits", "Has it copied a training digit?",
       "Shows the preview's samples and, for the selected one, its five nearest training digits by "
       "latents and by pixels. A copy is much nearer to one training digit than to the next, so the ratio "
       "of these distances is small. The alarm threshold is the 1 % quantile of real test digits; 1 % of "
       "real digits raise it too."},
      {"likelihood",
       kLatentSpace,
       "Likelihood",
       "Which digits are likely under the flow?",
       "Likelihood of real test digits under the flow, in bits per dimension of the 64 latent dimensions; "
       "fewer bits mean likelier. The curves show each class, the rows the most and the least likely "
       "digits. More probes bring the estimate closer to the exact value.",
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
