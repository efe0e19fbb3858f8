// Time grid: one solver with the user's own step boundaries, beside equal steps and steps of equal
// error. All are compared with a fine reference that stays while the boundaries are dragged.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "base/errors.h"
#include "base/image_sheet.h"
#include "data/batches.h"
#include "flow/error_density.h"
#include "flow/solvers.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/plain_values.h"
#include "lab/time_grid/result.h"

namespace lf::lab {
namespace {

constexpr int64_t kGridDigits = 20, kGridShown = 20;
constexpr int kGridReferenceSteps = 50;

/// Steps of the reference that one probe spans: a solver of the reference's own order needs longer
/// ones for a measurable error.
int probe_span(const flow::SolverInfo& solver) { return solver.order >= 4 ? 5 : 2; }

class TimeGrid : public LabWork {
 public:
  explicit TimeGrid(const LabInput& input)
      : model_(input.model),
        options_(input.options),
        field_(inference::model_velocity(input.model,
                                         inference::cycled_labels(0, kGridDigits, input.options.digit),
                                         input.options.guidance, input.options.raw_weights)),
        noise_(inference::preview_noise(input.options.seed, kGridDigits)) {
    found_.digits = kGridDigits;
    found_.shown = kGridShown;
    found_.reference = "rk4, " + std::to_string(kGridReferenceSteps) + " steps";
    flow::IntegrateOptions fine;
    fine.solver = "rk4";
    fine.steps = kGridReferenceSteps;
    reference_.emplace(noise_, fine);
    aim(input.options);
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (!reference_->done()) {
      reference_->supply(field_(reference_->wanted_x(), reference_->wanted_t()));
      if (reference_->done()) found_.true_pictures = pictures_of(reference_->trajectory().x.back());
    } else if (integration_) {
      solve();
    } else {
      choose();
    }
    return !answered();
  }

  double progress() const override {
    const double fine = static_cast<double>(reference_->trajectory().t.size()) / (kGridReferenceSteps + 1);
    const double probes = static_cast<double>(probed_) / static_cast<double>(probe_count());
    return std::min(0.99, 0.5 * fine + (reference_->done() ? 0.45 * std::min(1.0, probes) : 0));
  }
  bool news() const override { return news_; }
  void publish(LabBlock& block) const override {
    if (!found_.present.times.empty()) block.result = std::make_shared<const LabTimeGrid>(found_);
  }

  /// Only the grid changes while a boundary is dragged. The reference stays, and a running solution
  /// is finished first; otherwise fast dragging would never show one.
  bool retarget(const LabOptions& options) override {
    LabOptions same = options;
    same.arguments = options_.arguments;
    if (same != options_) return false;
    try {
      named_time_grid(options.arguments);
    } catch (const InputError&) {
      return false;
    }
    aim(options);
    return true;
  }

 private:
  /// A grid to solve next, and the destination of its result.
  struct Task {
    LabGrid LabTimeGrid::*slot;
    std::vector<double> times;
  };

  void aim(const LabOptions& options) {
    options_ = options;
    const bool other = options.arguments.text("solver") != solver_;
    solver_ = options.arguments.text("solver");
    named_ = named_time_grid(options.arguments);
    equalise_ = options.arguments.on("equalise");
    if (!other) return;
    const flow::SolverInfo& solver = flow::solver_from_name(solver_);
    integration_.reset();
    known_.clear();
    found_.solver = solver_;
    found_.order = solver.order;
    found_.present = found_.equal = found_.equalised = {};
    probed_ = 0;
    probe_errors_.clear();
    found_.t.clear(), found_.local_error.clear(), found_.density.clear();
  }

  int64_t steps() const { return static_cast<int64_t>(named_.size()) - 1; }
  size_t probe_count() const {
    return static_cast<size_t>(kGridReferenceSteps - probe_span(flow::solver_from_name(solver_)) + 1);
  }
  bool probes_done() const { return probed_ >= probe_count(); }
  std::vector<double> equal_times() const {
    std::vector<double> times;
    for (int64_t i = 0; i <= steps(); ++i)
      times.push_back(static_cast<double>(i) / static_cast<double>(steps()));
    return times;
  }
  std::vector<double> equalised_times() const { return flow::equidistributed(*density_, steps()); }

  /// The grids to show, the current one first; those that are not solved yet are omitted.
  std::vector<Task> wanted() const {
    std::vector<Task> tasks;
    if (!equalise_) tasks.push_back({&LabTimeGrid::present, named_});
    if (equalise_ && probes_done()) tasks.push_back({&LabTimeGrid::present, equalised_times()});
    tasks.push_back({&LabTimeGrid::equal, equal_times()});
    if (probes_done()) tasks.push_back({&LabTimeGrid::equalised, equalised_times()});
    return tasks;
  }

  bool answered() const {
    if (!reference_->done() || integration_ || !probes_done()) return false;
    for (const Task& task : wanted()) {
      if ((found_.*task.slot).times != task.times) return false;
    }
    return true;
  }

  /// What to do next: a grid other than the one shown, else a probe.
  void choose() {
    for (const Task& task : wanted()) {
      if ((found_.*task.slot).times == task.times) continue;
      const auto known = known_.find(task.times);
      if (known != known_.end()) return show(task.slot, known->second);
      task_ = task;
      flow::IntegrateOptions options;
      options.solver = solver_;
      options.grid = task.times;
      options.nfe_per_call = flow::nfe_per_guided_call(options_.guidance);
      integration_.emplace(noise_, options);
      return;
    }
    if (!probes_done()) probe();
  }

  void show(LabGrid LabTimeGrid::*slot, const LabGrid& grid) {
    found_.*slot = grid;
    foretell(found_.*slot);
    const auto n = static_cast<int64_t>(grid.times.size()) - 1;
    if (slot == &LabTimeGrid::present)
      found_.nfe = n * flow::solver_from_name(solver_).evaluations_per_step *
                   flow::nfe_per_guided_call(options_.guidance);
    news_ = true;
  }

  void solve() {
    integration_->supply(field_(integration_->wanted_x(), integration_->wanted_t()));
    if (!integration_->done()) return;
    const at::Tensor end = integration_->trajectory().x.back();
    LabGrid grid;
    grid.times = task_.times;
    grid.error = rms(end - reference_->trajectory().x.back());
    grid.pictures = pictures_of(end);
    double sum = 0;
    const std::vector<uint8_t>&pixels = grid.pictures.bytes, &truth = found_.true_pictures.bytes;
    for (size_t i = 0; i < pixels.size(); ++i) sum += std::pow((pixels[i] - truth[i]) / 255.0, 2);
    grid.pixel_error = std::sqrt(sum / static_cast<double>(pixels.size()));
    if (known_.size() > 64) known_.clear();  // after a long drag
    known_[grid.times] = grid;
    integration_.reset();
    show(task_.slot, grid);
  }

  /// One step of the solver from a state of the reference, compared with a later one.
  void probe() {
    const flow::SolverInfo& solver = flow::solver_from_name(solver_);
    const flow::Trajectory& path = reference_->trajectory();
    const size_t to = probed_ + static_cast<size_t>(probe_span(solver));
    flow::IntegrateOptions options;
    options.solver = solver_;
    options.grid = {path.t[probed_], path.t[to]};
    const at::Tensor end = flow::integrate(field_, path.x[probed_], options).x.back();
    found_.probe = path.t[to] - path.t[probed_];
    found_.t.push_back(static_cast<float>((path.t[to] + path.t[probed_]) / 2));
    probe_errors_.push_back(rms(end - path.x[to]));
    if (++probed_ == probe_count()) conclude();
  }

  void conclude() {
    const std::vector<double> middles(found_.t.begin(), found_.t.end());
    density_ = flow::error_density(middles, probe_errors_, found_.probe, found_.order);
    for (size_t i = 0; i < middles.size(); ++i) {
      found_.local_error.push_back(static_cast<float>(probe_errors_[i] / found_.probe));
      found_.density.push_back(static_cast<float>(density_->value[i] / density_->total()));
    }
    foretell(found_.present), foretell(found_.equal);
    news_ = true;
  }

  void foretell(LabGrid& grid) const {
    if (!probes_done() || grid.times.empty()) return;
    const std::vector<double> errors = flow::foretold_errors(*density_, grid.times, found_.order);
    grid.step_errors.assign(errors.begin(), errors.end());
  }

  ImageSheet pictures_of(const at::Tensor& end) const {
    return data::image_sheet(inference::decode_pixels(model_, end.narrow(0, 0, kGridShown)));
  }

  const inference::Model& model_;
  LabOptions options_;
  flow::VelocityField field_;
  at::Tensor noise_;
  std::optional<flow::Integration> reference_, integration_;
  std::string solver_;
  std::vector<double> named_;  ///< from the arguments
  bool equalise_ = false;
  Task task_{};
  std::map<std::vector<double>, LabGrid> known_;  ///< solved already, with this solver
  size_t probed_ = 0;
  std::vector<double> probe_errors_;
  std::optional<flow::ErrorDensity> density_;
  bool news_ = false;
  LabTimeGrid found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_time_grid(const LabInput& input) {
  inference::require_labels(input.model, input.options.guidance, input.options.digit, "the time grid");
  return std::make_unique<TimeGrid>(input);
}

}  // namespace lf::lab
