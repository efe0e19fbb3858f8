#include "protocol/command_paths.h"

#include <variant>

#include "base/typed_path.h"

namespace lf {
namespace {

void take(std::string& path) { path = typed_path(path); }

/// All paths of a command.
struct Taker {
  void operator()(TrainCommand& c) const { take(c.out); }
  void operator()(ReflowCommand& c) const { take(c.out); }
  void operator()(OpenCommand& c) const { take(c.path); }
  void operator()(SaveCommand& c) const { take(c.path); }
  void operator()(ExportCommand& c) const { take(c.path); }
  void operator()(SampleCommand& c) const { take(c.out), take(c.labels), take(c.trajectory); }
  void operator()(ReconstructCommand& c) const { take(c.out); }
  void operator()(LikelihoodCommand& c) const { take(c.out); }
  void operator()(InvertCommand& c) const { take(c.picture), take(c.out), take(c.trajectory); }
  void operator()(LabRunCommand& c) const { take(c.out); }
  void operator()(JudgeCommand& c) const { take(c.out); }
  void operator()(VerifyCommand& c) const { take(c.dit), take(c.vae), take(c.vectors); }
  void operator()(ReplayCommand& c) const { take(c.folder), take(c.from); }
  void operator()(SpeedrunCommand& c) const { take(c.out); }
  void operator()(VerifySpeedrunCommand& c) const { take(c.record); }
  void operator()(WeightsCommand& c) const { take(c.path); }
  void operator()(ExportWeightsCommand& c) const { take(c.out); }
  void operator()(CompareRunsCommand& c) const { take(c.first), take(c.second); }
  void operator()(DeleteRunCommand& c) const { take(c.folder); }
  void operator()(ResumeRunCommand& c) const { take(c.folder); }
  void operator()(BrowseCommand& c) const { take(c.path); }
  template <class Other>
  void operator()(Other&) const {}
};

}  // namespace

Command with_typed_paths(Command command) {
  std::visit(Taker{}, command.what);
  return command;
}

}  // namespace lf
