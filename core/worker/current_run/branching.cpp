#include "worker/current_run/branching.h"

#include "config/picture_plan.h"

namespace lf::worker {

void Branching::begin(const BranchCommand& command) {
  parse_picture_plan(command.pictures);
  check_extension(command.budget);
  run_.keep();  // its present state may be the wanted one
  jobs_.branch(command);
  if (context_.work.training()) run_.pause_now("paused");
  continued_ = ResumeRunCommand{"", command.budget, command.figures, command.pictures, 1, command.figures_as};
}

void Branching::train(const std::string& folder) {
  continued_.folder = folder;
  run_.resume_stored(continued_);
}

}  // namespace lf::worker
