// Which judge scores: the one that was named, the one kept for these digits, the shipped one.
#include "base/errors.h"
#include "worker/experiment_workload.h"

namespace lf {

/// What stands beside a judge that cannot be used.
std::string Experiment::used_judge() const {
  return judge_ ? judge_->name() + " is used instead"
                : "no other judge belongs to these digits: nothing is scored";
}

/// The judge of the digits in use; before they are read, the model's own data decides.
void Experiment::choose_judge() {
  judges_.refresh();
  const std::string digest = dataset_ ? dataset_->digest : work_.model ? work_.model->data_digest : "";
  judge_ = judges_.find(digest);
  judge_problem_ = judge_ || !dataset_ ? "" : judges_.why_none(*dataset_);
  views_.set_judge(judge_);
  set_lab_subject();
  if (dataset_ || !options_.need_data) tell_judge();
}

/// Says which files were passed over. A judge that was named must belong to the digits that are read at the
/// start; to those that are opened later it may or may not.
void Experiment::tell_judge() {
  std::string problem = dataset_ ? judges_.named_problem(*dataset_) : "";
  const bool at_start = loading_ != Loading::Ready && !opening_;
  if (!problem.empty() && at_start && !options_.falls_back) throw InputError(problem);
  for (const std::string& other : judges_.take_problems()) problem += (problem.empty() ? "" : "; ") + other;
  if (problem.empty()) return forget_substitute("judge");
  tell_substitute("judge", problem + "; " + used_judge());
}

}  // namespace lf
