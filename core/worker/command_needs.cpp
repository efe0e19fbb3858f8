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
      Overloaded{
          [&](const TrainCommand&) { return kDigits; }, [&](const ReflowCommand&) { return kBoth; },
          [&](const StepCommand&) { return kDigits; }, [&](const ResumeRunCommand&) { return kDigits; },
          [&](const SaveCommand&) { return kModel; }, [&](const SampleCommand&) { return kModel; },
          [&](const TimeLapseCommand&) { return kModel; }, [&](const ReconstructCommand&) { return kBoth; },
          [&](const LikelihoodCommand&) { return kBoth; },
          [&](const InvertCommand& c) { return c.picture.empty() ? kBoth : kModel; },
          [&](const LabRunCommand& c) {
            return lab_tool(c.tool).needs == LabToolInfo::Needs::Flow ? kModel : kBoth;
          },
          [&](const EvaluateCommand&) { return kBoth; }, [&](const JudgeCommand&) { return kDigits; },
          [&](const BenchCommand&) { return kDigits; }, [&](const ReplayCommand&) { return kDigits; },
          [&](const SpeedrunCommand&) { return kDigits; },
          [&](const VerifySpeedrunCommand&) { return kDigits; }, [&](const SweepCommand&) { return kDigits; },
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

}  // namespace lf::worker
