// A run's state in its checkpoint.
#include "base/errors.h"
#include "optim/stored_numbers.h"
#include "protocol/command_limits.h"
#include "run/history_tensors.h"
#include "run/training_run.h"

namespace lf::run {

records::Provenance stored_provenance(const std::map<std::string, at::Tensor>& tensors,
                                      const std::string& file) {
  const auto found = tensors.find("run.course");
  if (found == tensors.end()) return {};
  if (found->second.scalar_type() != at::kByte)
    throw InputError(file + ": the run's provenance record is damaged");
  const at::Tensor bytes = found->second.contiguous();
  return records::parse_provenance({reinterpret_cast<const char*>(bytes.data_ptr()), bytes.nbytes()}, file);
}

std::map<std::string, at::Tensor> TrainingRun::to_map() const {
  auto tensors = history_tensors(scene_.history);
  if (autoencoder_) tensors.merge(autoencoder_->to_map());
  if (flow_) tensors.merge(flow_->to_map());
  if (reflow_.count > 0) {
    tensors["reflow.plan"] = at::tensor({reflow_.count, reflow_.round}, at::kLong);
    if (pairs_) tensors["reflow.ends"] = pairs_->made();
  }
  const std::string provenance = records::provenance_text(scene_.notes.provenance());
  tensors["run.course"] = at::from_blob(const_cast<char*>(provenance.data()),
                                        {static_cast<int64_t>(provenance.size())}, at::kByte)
                              .clone();
  // A resumed run that is saved while it still measures the machine keeps the stored state of its
  // trainers.
  tensors.insert(scene_.resume.begin(), scene_.resume.end());
  const records::RunPlan& plan = scene_.plan;
  tensors["run.plan"] =
      at::tensor({plan.autoencoder_steps, plan.flow_steps, plan.encoder_steps, plan.shared_steps}, at::kLong);
  tensors["run.rate_factor"] = at::tensor({scene_.rate_factor}, at::kDouble);
  tensors["run.clock"] = at::tensor({scene_.clock.seconds(), plan.until_fd}, at::kDouble);
  return tensors;
}

/// The factor of a run's learning rates, in (0, 1]. Throws InputError.
static double stored_factor(const at::Tensor& value, const std::string& file) {
  const double factor = value.numel() == 1 ? value.item<double>() : 0;
  if (!(factor > 0 && factor <= 1))
    throw InputError(file + ": run.rate_factor is not a factor of learning rates");
  return factor;
}

/// The steps of a stored run. Earlier versions trained the whole autoencoder before the flow.
static records::RunPlan stored_plan(const std::map<std::string, at::Tensor>& tensors, double until_fd,
                                    const std::string& file) {
  const bool earlier = tensors.at("run.plan").numel() == 2;
  const auto steps = optim::stored_integers(tensors, "run.plan", earlier ? 2 : 4, INT64_MAX / 2, file);
  records::RunPlan plan;
  plan.autoencoder_steps = steps[0];
  plan.flow_steps = steps[1];
  plan.until_fd = until_fd;
  if (earlier) return records::without_frozen_encoder(plan);
  plan.encoder_steps = steps[2];
  plan.shared_steps = steps[3];
  if (plan.encoder_steps > plan.autoencoder_steps)
    throw InputError(file + ": the plan of the run is damaged; train again, or open only the model");
  return plan;
}

void TrainingRun::load(const std::map<std::string, at::Tensor>& tensors, const std::string& file) {
  if (!tensors.count("run.plan") || !tensors.count("run.clock"))
    throw InputError(file + ": no training state in it; open its model instead, or train again");
  const auto clock = optim::stored_doubles(tensors, "run.clock", 2, file);
  if (!(clock[0] >= 0 && clock[0] <= 1e12 && clock[1] >= 0 && clock[1] <= kMostFd))
    throw InputError(file + ": the clock of the run is damaged; train again, or open only the model");
  scene_.plan = stored_plan(tensors, clock[1], file);
  scene_.clock.set_seconds(clock[0]);
  load_history(scene_.history, tensors);
  const LossBlock& curves = scene_.history.loss;
  const auto& losses = curves.flow_train.value.empty() ? curves.autoencoder_train : curves.flow_train;
  if (!losses.value.empty()) scene_.last_loss = static_cast<double>(losses.value.back());
  measure(ProbeFor::Estimate);  // its steps are planned
  scene_.resume = tensors;
  scene_.resume_file = file;
  scene_.notes.provenance() = stored_provenance(tensors, file);
  const auto factor = tensors.find("run.rate_factor");
  if (factor != tensors.end()) scene_.rate_factor = stored_factor(factor->second, file);
  if (!tensors.count("reflow.plan")) return;
  const auto planned =
      optim::stored_integers(tensors, "reflow.plan", 2, kMostPairs + kMostLikelyDigits, file);
  if (planned[0] < 1) throw InputError(file + ": the plan of the reflow is damaged");
  reflow(0);
  reflow_.count = planned[0];
  reflow_.round = planned[1];
}

}  // namespace lf::run
