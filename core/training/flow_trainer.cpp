#include "training/flow_trainer.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <array>

#include "flow/paths.h"
#include "messages/errors.h"
#include "optim/schedule.h"
#include "parallel/fork_join.h"

namespace lf {
namespace {

constexpr int64_t kTimeBins = 20;

at::Tensor as_maps(const at::Tensor& flat) {
  return flat.view({-1, kLatentChannels, kLatentSide, kLatentSide});
}

}  // namespace

FlowTrainer::FlowTrainer(VelocityDit& net, VelocityDit& average, Latents latents,
                         Standardisation standardisation, at::Tensor labels,
                         const FlowTrainingOptions& options)
    : net_(net),
      shadow_(net.shadow()),
      average_(average),
      latents_(std::move(latents)),
      standardisation_(std::move(standardisation)),
      labels_(std::move(labels)),
      options_(options),
      order_(latents_.mean.size(0), options.batch, options.seed, Purpose::FlowOrder),
      optimizer_(net.parameters().flat(), net.parameters().flat_gradient(),
                 AdamWOptions{0.9, 0.99, 1e-8, options.weight_decay, options.clip}),
      ema_(average.parameters().flat(), options.ema_gamma),
      by_time_(lf::loss_by_time(kTimeBins)),
      decay_(options.decay) {
  average_.parameters().copy_from(net_.parameters());
}

FlowBatch FlowTrainer::batch(int64_t step) {
  const at::Tensor indices = order_.indices(step);
  const int64_t n = indices.size(0);
  const auto counter = static_cast<uint64_t>(step);
  auto noise = make_generator(options_.seed, Purpose::FlowNoise, counter);
  auto times = make_generator(options_.seed, Purpose::FlowTime, counter);
  auto drop = make_generator(options_.seed, Purpose::FlowLabelDrop, counter);
  FlowBatch b;
  b.x0 = as_maps(at::randn({n, kLatentSize}, noise, at::kFloat));
  // A fresh draw from the posterior at every visit: the cache holds the Gaussian, not one sample of it.
  const at::Tensor raw =
      at::addcmul(latents_.mean.index_select(0, indices), latents_.deviation.index_select(0, indices),
                  at::randn({n, kLatentSize}, noise, at::kFloat));
  b.x1 = as_maps(standardisation_.to_standard(raw));
  b.t = sample_times(options_.time_law, n, times);
  const at::Tensor hidden = at::rand({n}, drop, at::kFloat) < options_.label_drop;
  b.labels = labels_.index_select(0, indices).masked_fill(hidden, kNullLabel);
  return b;
}

double FlowTrainer::rate_now() const {
  const int64_t step = step_ - schedule_start_;
  if (open_ended_) return trapezoid_rate(options_.rate, step, options_.warmup, INT64_MAX / 2, 0);
  return trapezoid_rate(options_.rate, step, options_.warmup, options_.total_steps - schedule_start_, decay_);
}

/// Adds the gradients of `count` samples from `first` on; returns their share of the batch's mean loss.
double FlowTrainer::differentiate(int64_t first, int64_t count) {
  const auto whole = static_cast<double>(current_.x0.size(0));
  std::array<at::Tensor, kParts> losses;
  fork_join([&](int64_t p) {
    const RowRange range = part_of(count, p);
    const auto part = [&](const at::Tensor& tensor) {
      return tensor.narrow(0, first + range.first, range.count);
    };
    const PathSample path =
        ot_path(part(current_.x0), part(current_.x1), part(current_.t), options_.sigma_min);
    const VelocityDit& net = p == 0 ? net_ : shadow_;
    const at::Tensor per_sample =
        loss_per_sample(net.forward(path.x_t, part(current_.t), part(current_.labels)), path.target);
    (per_sample.sum() / whole).backward();
    losses[static_cast<size_t>(p)] = per_sample.detach();
  });
  const at::Tensor all = at::cat(losses);
  accumulate(by_time_, current_.t.narrow(0, first, count), all);
  return all.sum().item<double>() / whole;
}

bool FlowTrainer::advance() {
  at::NoGradGuard no_grad;
  if (!current_.x0.defined()) {
    current_ = batch(step_);
    done_in_batch_ = 0;
    loss_sum_ = 0;
  }
  const int64_t whole = current_.x0.size(0), n = std::min(options_.micro_batch, whole - done_in_batch_);
  loss_sum_ += differentiate(done_in_batch_, n);
  done_in_batch_ += n;
  if (done_in_batch_ < whole) return false;
  net_.parameters().flat_gradient().add_(shadow_.parameters().flat_gradient());
  shadow_.parameters().flat_gradient().zero_();
  const double rate = rate_now();
  const double norm = optimizer_.step(rate);
  ema_.update(net_.parameters().flat());
  report_ = {++step_, loss_sum_, norm, rate};
  current_ = FlowBatch();
  return true;
}

void FlowTrainer::extend(int64_t steps) {
  schedule_start_ = step_;
  open_ended_ = false;
  decay_ = options_.decay;
  options_.total_steps = step_ + steps;
}

void FlowTrainer::set_open_ended() {
  open_ended_ = true;
  options_.total_steps = INT64_MAX / 2;
}

void FlowTrainer::finish_within(int64_t steps) {
  open_ended_ = false;
  options_.total_steps = step_ + std::max<int64_t>(1, steps);
  decay_ = static_cast<double>(steps) / static_cast<double>(options_.total_steps - schedule_start_);
}

std::map<std::string, at::Tensor> FlowTrainer::to_map() const {
  auto tensors = optimizer_.to_map("flow.optimizer.");
  tensors["flow.ema.updates"] = at::full({1}, ema_.updates(), at::kLong);
  tensors["flow.schedule"] =
      at::tensor({schedule_start_, options_.total_steps, int64_t{open_ended_}}, at::kLong);
  tensors["flow.decay"] = at::tensor({decay_}, at::kDouble);
  tensors["flow.by_time.mean"] = at::tensor(by_time_.mean, at::kDouble);
  tensors["flow.by_time.count"] = at::tensor(by_time_.count, at::kLong);
  return tensors;
}

void FlowTrainer::load(const std::map<std::string, at::Tensor>& tensors, const std::string& file) {
  optimizer_.load(tensors, "flow.optimizer.", file);
  const std::map<std::string, int64_t> sizes{{"flow.ema.updates", 1},
                                             {"flow.schedule", 3},
                                             {"flow.decay", 1},
                                             {"flow.by_time.mean", kTimeBins},
                                             {"flow.by_time.count", kTimeBins}};
  for (const auto& [name, size] : sizes) {
    const auto found = tensors.find(name);
    if (found == tensors.end() || found->second.numel() != size) {
      throw InputError(file + ": the flow's training state " + name + " is missing or has another size");
    }
  }
  step_ = optimizer_.steps();
  ema_.set_updates(tensors.at("flow.ema.updates")[0].item<int64_t>());
  const at::Tensor schedule = tensors.at("flow.schedule");
  schedule_start_ = schedule[0].item<int64_t>();
  options_.total_steps = schedule[1].item<int64_t>();
  open_ended_ = schedule[2].item<int64_t>() != 0;
  decay_ = tensors.at("flow.decay")[0].item<double>();
  for (int64_t i = 0; i < kTimeBins; ++i) {
    by_time_.mean[static_cast<size_t>(i)] = tensors.at("flow.by_time.mean")[i].item<double>();
    by_time_.count[static_cast<size_t>(i)] = tensors.at("flow.by_time.count")[i].item<int64_t>();
  }
}

}  // namespace lf
