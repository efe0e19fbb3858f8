#include "worker/command_needs.h"

#include "base/overloaded.h"
#include "lab/tools.h"

namespace lf {

CommandNeeds needs_of(const Command& command) {
  constexpr bool kDigits = true, kModel = true;
  using Needs = CommandNeeds;
  return std::visit(
      Overloaded{[](const TrainCommand&) {
                   return Needs{"train", kDigits};
                 },
                 [](const ReflowCommand&) {
                   return Needs{"reflow", kDigits, kModel};
                 },
                 [](const StepCommand&) {
                   return Needs{"step", kDigits};
                 },
                 [](const ResumeRunCommand&) {
                   return Needs{"resume-run", kDigits};
                 },
                 [](const SaveCommand&) {
                   return Needs{"save", false, kModel};
                 },
                 [](const SampleCommand&) {
                   return Needs{"sample", false, kModel};
                 },
                 [](const ReconstructCommand&) {
                   return Needs{"reconstruct", kDigits, kModel};
                 },
                 [](const LikelihoodCommand&) {
                   return Needs{"likelihood", kDigits, kModel};
                 },
                 [](const InvertCommand& c) {
                   return Needs{"invert", c.picture.empty(), kModel};
                 },
                 [](const LabRunCommand& c) {
                   return Needs{"lab-run", lab_tool(c.tool).needs != LabToolInfo::Needs::Flow, kModel};
                 },
                 [](const EvaluateCommand&) {
                   return Needs{"evaluate", kDigits, kModel};
                 },
                 [](const JudgeCommand&) {
                   return Needs{"judge", kDigits};
                 },
                 [](const BenchCommand&) {
                   return Needs{"bench", kDigits};
                 },
                 [](const ReplayCommand&) {
                   return Needs{"replay", kDigits};
                 },
                 [](const SpeedrunCommand&) {
                   return Needs{"speedrun", kDigits};
                 },
                 [](const VerifySpeedrunCommand&) {
                   return Needs{"verify-speedrun", kDigits};
                 },
                 [](const auto&) { return Needs{}; }},
      command.what);
}

}  // namespace lf
