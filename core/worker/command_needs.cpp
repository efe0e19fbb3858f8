#include "worker/command_needs.h"

#include <type_traits>

#include "base/overloaded.h"
#include "protocol/command_fields.h"

namespace lf::worker {
namespace {

struct Needs {
  bool digits = false, model = false;
};

Needs inputs_of(const Command& command) {
  constexpr Needs kDigits{true, false}, kModel{false, true}, kBoth{true, true};
  return std::visit(
      Overloaded{[&](const TrainCommand&) { return kDigits; },
                 [&](const ReflowCommand&) { return kBoth; },
                 [&](const StepCommand&) { return kDigits; },
                 [&](const ResumeRunCommand&) { return kDigits; },
                 [&](const SaveCommand&) { return kModel; },
                 [&](const SampleCommand&) { return kModel; },
                 [&](const TimeLapseCommand&) { return kModel; },
                 [&](const ReconstructCommand&) { return kBoth; },
                 [&](const LikelihoodCommand&) { return kBoth; },
                 [&](const InvertCommand& c) { return c.picture.empty() ? kBoth : kModel; },
                 [&](const LabRunCommand& c) {
                   return lab_tool(c.tool).needs == LabToolInfo::Needs::Flow ? kModel : kBoth;
                 },
                 [&](const EvaluateCommand&) { return kBoth; },
                 [&](const JudgeCommand&) { return kDigits; },
                 [&](const BenchCommand&) { return kDigits; },
                 [&](const ReplayCommand&) { return kDigits; },
                 [&](const BranchCommand&) { return kDigits; },
                 [&](const CompareCommand& c) { return c.samples > 0 || c.narrow ? kDigits : Needs{}; },
                 [&](const ShareCommand& c) { return c.run.empty() ? kModel : Needs{}; },
                 [&](const SpeedrunCommand&) { return kDigits; },
                 [&](const VerifySpeedrunCommand&) { return kDigits; },
                 [&](const SweepCommand&) { return kDigits; },
                 [](const auto&) { return Needs{}; }},
      command.what);
}

}  // namespace

CommandNeeds needs_of(const Command& command) {
  const char* verb = std::visit(
      [](const auto& what) { return CommandFields<std::decay_t<decltype(what)>>::verb.word; }, command.what);
  const Needs needs = inputs_of(command);
  return {verb, needs.digits, needs.model};
}

bool ends_sweep(const Command& command) {
  return std::visit(
      Overloaded{
          [](const TrainCommand&) { return true; },      [](const ReflowCommand&) { return true; },
          [](const ResumeCommand&) { return true; },     [](const StepCommand&) { return true; },
          [](const ResetCommand&) { return true; },      [](const UndoResetCommand&) { return true; },
          [](const ResumeRunCommand&) { return true; },  [](const OpenCommand&) { return true; },
          [](const ShippedCommand&) { return true; },    [](const SampleCommand&) { return true; },
          [](const TimeLapseCommand&) { return true; },  [](const ReconstructCommand&) { return true; },
          [](const LikelihoodCommand&) { return true; }, [](const InvertCommand&) { return true; },
          [](const LabRunCommand&) { return true; },     [](const JudgeCommand&) { return true; },
          [](const BenchCommand&) { return true; },      [](const VerifyCommand&) { return true; },
          [](const ReplayCommand&) { return true; },     [](const ShareCommand&) { return true; },
          [](const SpeedrunCommand&) { return true; },   [](const VerifySpeedrunCommand&) { return true; },
          [](const SweepCommand&) { return true; },      [](const ViewSweepCommand&) { return true; },
          [](const WeightsCommand&) { return true; },    [](const auto&) { return false; }},
      command.what);
}

}  // namespace lf::worker
