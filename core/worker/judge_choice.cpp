#include "worker/judge_choice.h"

#include "base/errors.h"

namespace lf::worker {
namespace {

/// The notice beside a judge that cannot be used.
std::string used_judge(const CurrentData& current) {
  return current.judge() ? current.judge()->name() + " is used instead"
                         : "no other classifier fits these digits, so nothing is scored";
}

void tell_judge(WorkerContext& context, bool at_start) {
  CurrentData& current = context.current;
  std::string problem = current.dataset() ? current.judges().named_problem(*current.dataset()) : "";
  if (!problem.empty() && at_start && !context.options.falls_back) throw InputError(problem);
  for (const std::string& other : current.judges().take_problems())
    problem += (problem.empty() ? "" : "; ") + other;
  if (problem.empty()) return context.publisher.forget_substitute("judge");
  context.publisher.tell_substitute("judge", problem + "; " + used_judge(current));
}

}  // namespace

void choose_judge(WorkerContext& context, Viewer& viewer, bool at_start) {
  const auto& model = context.work.model;
  context.current.choose_judge(model ? model->data_digest : "");
  viewer.apply_judge();
  if (context.current.dataset() || !context.options.need_data) tell_judge(context, at_start);
}

}  // namespace lf::worker
