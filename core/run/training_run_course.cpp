// What a run is told on its way, and the record of it.
#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "run/environment.h"
#include "run/training_run.h"
#include "run/weights_digest.h"

namespace lf {

void TrainingRun::repeat(const Course& course) {
  plan_ = course.plan;
  course_ = course;
  course_.entries.clear();
  probe_ = make_probe(ProbeFor::Estimate);
}

/// The plan stands: begins the record, or notes in it that the run goes on somewhere else.
void TrainingRun::begin_course() {
  const Environment now = this_environment(accelerator_, model_.settings);
  if (!course_.known() && model_.flow_steps == 0 && (reflow_.count > 0 || model_.autoencoder_steps == 0)) {
    course_.plan = plan_;
    if (reflow_.count > 0) {
      course_.start = flow_digest(model_);
      course_.pairs = reflow_.count - held_out_digits(model_, data_.test_pixels.size(0));
    }
  }
  const Environment* last = course_.last_environment();
  if (last && *last == now) return;
  note(CourseEntry::What::Session, 0);
  course_.entries.back().environment = now;
}

void TrainingRun::note(CourseEntry::What what, double number) {
  CourseEntry entry;
  entry.what = what;
  entry.number = number;
  entry.autoencoder_step = model_.autoencoder_steps;
  entry.flow_step = model_.flow_steps;
  course_.entries.push_back(entry);
}

/// Notes the weights that a step changed, where it is one of the marked or the last of its kind.
void TrainingRun::note_weights(bool of_flow, int64_t step, bool last) {
  if (!last && !is_marked_step(step)) return;
  const bool beside = !of_flow && model_.flow_steps > 0;
  note(beside ? CourseEntry::What::Decoder : CourseEntry::What::Weights, 0);
  course_.entries.back().digest = of_flow ? flow_digest(model_) : autoencoder_digest(model_);
}

void TrainingRun::extend(const Budget& budget) {
  if (!flow_trainer_)
    throw InputError("this run has not reached the flow; resume it instead of training longer");
  int64_t steps = budget.steps > 0 ? budget.steps : model_.settings.integer("flow.steps");
  if (budget.epochs > 0) {
    steps = std::llround(budget.epochs * static_cast<double>(flow_trainer_->steps_per_epoch()));
  }
  const double step_seconds = step_seconds_ > 0 ? step_seconds_ : speed_.flow;
  if (budget.seconds > 0 && step_seconds > 0) steps = static_cast<int64_t>(budget.seconds / step_seconds);
  steps = std::max<int64_t>(1, steps);
  note(CourseEntry::What::Extend, static_cast<double>(steps));
  flow_trainer_->extend(steps);
  plan_.flow_steps = flow_trainer_->options().total_steps;
  stage_ = Stage::Flow;
}

void TrainingRun::lower_rates(double factor) {
  // A step takes its rate when it begins: one that was begun is not left between two rates.
  settle();
  while (flow_trainer_ && flow_trainer_->under_way()) advance();
  note(CourseEntry::What::Rate, factor);
  rate_factor_ *= factor;
  if (autoencoder_trainer_) autoencoder_trainer_->set_rate_factor(rate_factor_);
  if (flow_trainer_) flow_trainer_->set_rate_factor(rate_factor_);
}

void TrainingRun::note_fd(double fd_percent) {
  goal_reached_ |= stage_ == Stage::Flow && flow_trainer_->open_ended() && fd_percent <= plan_.until_fd;
}

void TrainingRun::finish_within(int64_t steps) {
  note(CourseEntry::What::Finish, static_cast<double>(steps));
  flow_trainer_->finish_within(steps);
  plan_.flow_steps = flow_trainer_->options().total_steps;
}

}  // namespace lf
