// Solver microscope: the same noise through every solver, against RK4 with 50 steps.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <cmath>
#include <optional>

#include "data/batches.h"
#include "flow/solvers.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/picture_slices.h"
#include "lab/plain_values.h"
#include "lab/solvers/result.h"

namespace lf::lab {
namespace {

constexpr int64_t kSolverDigits = 40, kSolverShown = 10;
constexpr int kSolverReferenceSteps = 50;
constexpr int kEvaluations[] = {1, 2, 4, 8, 16, 32, 64};
constexpr double kTolerances[] = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5};
constexpr double kAttemptsTolerance = 1e-4;  ///< of the adaptive steps that are shown

/// One integration to run.
struct Task {
  const flow::SolverInfo* solver;
  flow::IntegrateOptions options;
};

Task fixed_steps(const flow::SolverInfo& solver, int steps) {
  Task task{&solver, {}};
  task.options.solver = solver.id;
  task.options.steps = steps;
  return task;
}

/// First the reference, then all solvers from few evaluations to many, so that every curve grows at once.
std::vector<Task> all_tasks() {
  std::vector<Task> tasks{fixed_steps(flow::solver_from_name("rk4"), kSolverReferenceSteps)};
  for (const int nfe : kEvaluations) {
    for (const flow::SolverInfo& solver : flow::solvers()) {
      if (solver.adaptive || nfe < solver.evaluations_per_step) continue;
      tasks.push_back(fixed_steps(solver, flow::steps_for_nfe(solver, nfe)));
    }
  }
  for (const double tolerance : kTolerances) {
    Task task = fixed_steps(flow::solver_from_name("dopri5"), 1);
    task.options.atol = task.options.rtol = tolerance;
    tasks.push_back(task);
  }
  return tasks;
}

class SolverMicroscope : public LabWork {
 public:
  explicit SolverMicroscope(const LabInput& input)
      : model_(input.model),
        field_(inference::model_velocity(input.model,
                                         inference::cycled_labels(0, kSolverDigits, input.options.digit),
                                         input.options.guidance, input.options.raw_weights)),
        noise_(inference::preview_noise(input.options.seed, kSolverDigits)),
        nfe_per_call_(flow::nfe_per_guided_call(input.options.guidance)),
        tasks_(all_tasks()) {
    found_.digits = kSolverDigits;
    found_.shown = kSolverShown;
    found_.reference = "rk4, " + std::to_string(kSolverReferenceSteps) + " steps";
    found_.attempts_tolerance = kAttemptsTolerance;
    for (const Task& task : tasks_) work_total_ += expected_work(task);
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (!integration_) {
      flow::IntegrateOptions options = tasks_[task_].options;
      options.nfe_per_call = nfe_per_call_;
      integration_.emplace(noise_, options);
    } else if (!integration_->done()) {
      integration_->supply(field_(integration_->wanted_x(), integration_->wanted_t()));
    } else {
      finish_task();
    }
    return task_ < tasks_.size();
  }

  double progress() const override { return work_done_ / work_total_; }
  bool news() const override { return news_; }
  void publish(LabBlock& block) const override { block.result = std::make_shared<const LabSolvers>(found_); }

 private:
  static double expected_work(const Task& task) {
    const double evaluations = task.solver->evaluations_per_step;
    return task.solver->adaptive ? 10 * evaluations : evaluations * task.options.steps;
  }

  void finish_task() {
    const Task& task = tasks_[task_];
    const flow::Trajectory& path = integration_->trajectory();
    const at::Tensor end = path.x.back();
    const at::Tensor pixels = inference::decode_pixels(model_, end.narrow(0, 0, kSolverShown)).contiguous();
    if (!reference_.defined()) {
      reference_ = end;
      reference_pixels_ = pixels;
      found_.reference_nfe = path.nfe;
      found_.true_pictures = data::image_sheet(pixels);
    } else {
      found_.points.push_back(point_of(task, path, end, pixels));
      found_.pictures.append(data::image_sheet(pixels));
      if (task.solver->adaptive && task.options.rtol == kAttemptsTolerance) keep_attempts(path);
      news_ = true;
    }
    work_done_ += expected_work(task);
    integration_.reset();
    ++task_;
  }

  LabSolverPoint point_of(const Task& task, const flow::Trajectory& path, const at::Tensor& end,
                          const at::Tensor& pixels) const {
    LabSolverPoint point;
    point.solver = task.solver->id;
    point.order = task.solver->order;
    point.adaptive = task.solver->adaptive;
    point.nfe = path.nfe;
    point.tolerance = task.solver->adaptive ? task.options.rtol : 0;
    point.error = rms(end - reference_);
    point.pixel_error = rms((pixels.to(at::kFloat) - reference_pixels_.to(at::kFloat)) / 255);
    for (const flow::OdeStep& step : path.attempts) ++(step.accepted ? point.accepted : point.rejected);
    return point;
  }

  void keep_attempts(const flow::Trajectory& path) {
    for (const flow::OdeStep& step : path.attempts) {
      found_.attempts.push_back({static_cast<float>(step.t_from), static_cast<float>(step.t_to),
                                 static_cast<float>(step.error), step.accepted});
    }
  }

  const inference::Model& model_;
  flow::VelocityField field_;
  at::Tensor noise_;
  int nfe_per_call_;
  std::vector<Task> tasks_;
  size_t task_ = 0;
  std::optional<flow::Integration> integration_;
  at::Tensor reference_, reference_pixels_;
  double work_done_ = 0, work_total_ = 0;
  bool news_ = false;
  LabSolvers found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_solvers(const LabInput& input) {
  inference::require_labels(input.model, input.options.guidance, input.options.digit,
                            "the tool Solver error");
  return std::make_unique<SolverMicroscope>(input);
}

}  // namespace lf::lab
