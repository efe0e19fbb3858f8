// Loss by t with its irreducible part: pairs as in training, evaluated by the network and by the
// exact field.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/errors.h"
#include "data/generator.h"
#include "flow/exact_field.h"
#include "flow/loss.h"
#include "flow/time_sampling.h"
#include "inference/reflow_pairs.h"
#include "lab/loss_floor/result.h"
#include "models/autoencoder.h"

namespace lf::lab {
namespace {

constexpr size_t kTimes = 20;  ///< as many bins of 0..1 as the loss by t of a training
constexpr size_t kGroups = LabLossFloor::kGroups, kUntold = kGroups - 1;
constexpr int64_t kFloorLatents = 4000, kFirstDraws = 8,
                  kDraws = 32;  ///< pairs for each group, time and round
constexpr int kRounds = 4;
constexpr int64_t kRowsAtOnce = 15000;

double time_of(size_t i) { return (static_cast<double>(i) + 0.5) / static_cast<double>(kTimes); }

/// Sums over the pairs of one time and group.
struct PairSums {
  double count = 0;
  std::array<double, 3> sum{}, square{};

  /// Each (n): loss, irreducible loss and gap of n pairs.
  void add(const std::array<at::Tensor, 3>& values) {
    count += static_cast<double>(values[0].numel());
    for (size_t k = 0; k < 3; ++k) {
      sum[k] += values[k].sum().item<double>();
      square[k] += values[k].square().sum().item<double>();
    }
  }
  LabEstimate estimate(size_t k) const {
    if (count < 2) return {};
    const double mean = sum[k] / count;
    const double variance = std::max(0.0, square[k] / count - mean * mean) * count / (count - 1);
    return {mean, std::sqrt(variance / count)};
  }
  LabLossParts parts() const { return {estimate(0), estimate(1), estimate(2)}; }
};

/// A weighted sum of independent estimates.
class Weighted {
 public:
  void add(double weight, const LabLossParts& parts) {
    const std::array<const LabEstimate*, 3> from{&parts.loss, &parts.floor, &parts.gap};
    for (size_t k = 0; k < 3; ++k) {
      mean_[k] += weight * from[k]->mean;
      variance_[k] += std::pow(weight * from[k]->error, 2);
    }
  }
  LabLossParts sum() const { return {at(0), at(1), at(2)}; }

 private:
  LabEstimate at(size_t k) const { return {mean_[k], std::sqrt(variance_[k])}; }
  std::array<double, 3> mean_{}, variance_{};
};

class LossFloorCurve : public LabWork {
 public:
  explicit LossFloorCurve(const LabInput& input)
      : model_(input.model),
        latents_(input.latents),
        train_(input.latents.train()),
        raw_(input.options.raw_weights),
        labelled_(input.model.net->labelled()),
        generator_(data::make_generator(0, Purpose::Evaluation)) {
    found_.hidden = labelled_ ? model_.settings.flow.label_drop : 1;
    found_.latents_total = train_.pixels.size(0);
    encoding_share_ = train_.complete() ? 0 : 0.3;
    const at::Tensor times =
        flow::sample_times(flow::time_law_from_name(model_.settings.flow.time), 1 << 16, generator_);
    const at::Tensor shares = at::histc(times, kTimes, 0, 1).div_(times.numel());
    for (size_t i = 0; i < kTimes; ++i) {
      found_.t.push_back(static_cast<float>(time_of(i)));
      found_.time_share.push_back(shares[static_cast<int64_t>(i)].item<float>());
    }
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (law_.empty()) {
      if (!train_.complete() && (!coarse_ || train_.known() < kFloorLatents)) {
        train_.advance();
        news_ = !found_.all.empty();  // the first pass again, with its progress
        return true;
      }
      begin_law();
    } else if (pairs_.empty()) {
      draw_pairs();
    } else if (answers_.size() < asked_.size()) {
      ask_net();
    } else if (sum_group_ < kGroups) {
      ask_exact_field();
    } else {
      take_pairs();
    }
    return coarse_ || round_ < kRounds;
  }

  double progress() const override {
    const double sweeps = round_ + static_cast<double>(time_) / static_cast<double>(kTimes);
    return encoding_share_ * train_.progress() +
           (coarse_ ? 0 : (1 - encoding_share_) * std::min(1.0, sweeps / kRounds));
  }
  bool news() const override { return news_; }
  void publish(LabBlock& block) const override {
    if (!found_.all.empty()) block.result = std::make_shared<const LabLossFloor>(found_);
  }
  /// Noise, guidance and class belong to the preview; training does not use them.
  bool retarget(const LabOptions& options) override { return options.raw_weights == raw_; }

 private:
  bool asks(size_t group) const { return law_[group].has_value(); }

  /// The distribution of x1 from the known latents, and a field of the network for each half of the
  /// groups.
  void begin_law() {
    const int64_t n = coarse_ ? std::min(kFloorLatents, train_.known()) : train_.known();
    const at::Tensor labels = train_.labels.narrow(0, 0, n);
    const flow::ExactField whole(latents_.standard_means(train_).narrow(0, 0, n),
                                 latents_.standard_deviations(train_).narrow(0, 0, n),
                                 model_.settings.flow.sigma_min);
    law_.assign(kGroups, std::nullopt);
    weights_.fill(0);
    law_[kUntold] = whole;
    weights_[kUntold] = found_.hidden;
    for (size_t k = 0; labelled_ && k < kUntold; ++k) {
      const auto digit = static_cast<int64_t>(k);
      const double share = labels.eq(digit).sum().item<double>() / static_cast<double>(n);
      if (share == 0) continue;
      law_[k] = whole.of_digit(labels, digit);
      weights_[k] = (1 - found_.hidden) * share;
    }
    draws_ = coarse_ ? kFirstDraws : kDraws;
    sums_.assign(kTimes * kGroups, {});
    divide_groups();
  }

  /// Two batches, so that neither occupies the worker for long.
  void divide_groups() {
    asked_.clear();
    for (const auto& range : {std::array<size_t, 2>{0, 5}, std::array<size_t, 2>{5, kGroups}}) {
      Batch batch;
      std::vector<at::Tensor> labels;
      for (size_t g = range[0]; g < range[1]; ++g) {
        if (!asks(g)) continue;
        batch.groups.push_back(g);
        labels.push_back(at::full({draws_}, static_cast<int64_t>(g), at::kLong));
      }
      if (batch.groups.empty()) continue;
      batch.field = inference::model_velocity(model_, at::cat(labels), 1, raw_);
      asked_.push_back(std::move(batch));
    }
  }

  void draw_pairs() {
    pairs_.resize(kGroups);
    for (size_t g = 0; g < kGroups; ++g) {
      if (asks(g)) pairs_[g] = law_[g]->draw(draws_, time_of(time_), generator_);
    }
    best_.assign(kGroups, {});
    sum_group_ = 0;
  }

  void ask_net() {
    const Batch& batch = asked_[answers_.size()];
    std::vector<at::Tensor> x;
    for (const size_t g : batch.groups) x.push_back(pairs_[g].x_t);
    const at::Tensor states =
        at::cat(x)
            .to(at::kFloat)
            .view({-1, models::kLatentChannels, models::kLatentSide, models::kLatentSide});
    answers_.push_back(
        batch.field(states, time_of(time_)).reshape({-1, draws_, models::kLatentSize}).clone());
  }

  /// Some more rows of v* for one group.
  void ask_exact_field() {
    if (!asks(sum_group_)) {
      ++sum_group_;
      return;
    }
    const flow::ExactField& law = *law_[sum_group_];
    if (!sum_) sum_.emplace(law, pairs_[sum_group_].x_t.to(at::kFloat), time_of(time_));
    sum_->add(sum_->rows(), std::min(kRowsAtOnce, law.size() - sum_->rows()));
    if (sum_->rows() < law.size()) return;
    best_[sum_group_++] = sum_->velocity();
    sum_.reset();
  }

  void take_pairs() {
    for (size_t b = 0; b < asked_.size(); ++b) {
      for (size_t k = 0; k < asked_[b].groups.size(); ++k) {
        const size_t g = asked_[b].groups[k];
        const at::Tensor net = answers_[b][static_cast<int64_t>(k)].to(at::kDouble);
        const at::Tensor best = best_[g].to(at::kDouble), &target = pairs_[g].target;
        sums_[time_ * kGroups + g].add({flow::loss_per_sample(net, target),
                                        flow::loss_per_sample(best, target),
                                        flow::loss_per_sample(net, best)});
      }
    }
    pairs_.clear();
    answers_.clear();
    const bool last = ++time_ == kTimes;
    if (last || round_ > 0) summarise();
    if (!last) return;
    time_ = 0;
    if (coarse_) {  // now with all latents, from the start
      coarse_ = false;
      law_.clear();
    } else {
      ++round_;
    }
  }

  void summarise() {
    found_.latents = law_[kUntold]->size();
    found_.all.clear();
    found_.groups.clear();
    std::array<Weighted, kGroups> by_group;
    Weighted mean;
    found_.draws = static_cast<int64_t>(1e18);
    for (size_t i = 0; i < kTimes; ++i) {
      Weighted all;
      double draws = 0;
      for (size_t g = 0; g < kGroups; ++g) {
        const PairSums& sums = sums_[i * kGroups + g];
        found_.groups.push_back(sums.parts());
        all.add(weights_[g], sums.parts());
        by_group[g].add(found_.time_share[i], sums.parts());
        draws += sums.count;
      }
      found_.all.push_back(all.sum());
      mean.add(found_.time_share[i], all.sum());
      found_.draws = std::min(found_.draws, static_cast<int64_t>(draws));
    }
    found_.mean = mean.sum();
    for (size_t g = 0; g < kGroups; ++g) found_.group_means[g] = by_group[g].sum();
    news_ = true;
  }

  struct Batch {
    std::vector<size_t> groups;
    flow::VelocityField field;
  };

  const inference::Model& model_;
  LatentStore& latents_;
  LatentStore::Split& train_;
  bool raw_, labelled_;
  at::Generator generator_;
  bool coarse_ = true;  ///< a first pass on some of the latents: all of them take more than a second
  double encoding_share_ = 0;
  std::vector<std::optional<flow::ExactField>> law_;  ///< (kGroups) of x1; empty: to be created
  std::array<double, kGroups> weights_{};             ///< of each group in the loss
  int64_t draws_ = kDraws;
  std::vector<Batch> asked_;  ///< of the network
  int round_ = 0;
  size_t time_ = 0, sum_group_ = 0;
  std::vector<flow::PathSample> pairs_;  ///< (kGroups) of the current time; empty: to be sampled
  std::vector<at::Tensor> answers_;      ///< of the network, by batch (groups, draws, 64)
  std::vector<at::Tensor> best_;         ///< (kGroups) v* of the pairs
  std::optional<flow::ExactFieldSum> sum_;
  std::vector<PairSums> sums_;  ///< (kTimes · kGroups)
  bool news_ = false;
  LabLossFloor found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_loss_floor(const LabInput& input) {
  input.latents.require("the irreducible loss");
  const bool reflowed = inference::reflows(input.model) > 0;
  if (reflowed || input.model.settings.flow.coupling != "independent")
    throw InputError(
        "the irreducible loss is known for independent coupling only, and this flow was trained on pairs "
        "from " +
        std::string(reflowed ? "a reflow" : "transport") + "; open another model");
  return std::make_unique<LossFloorCurve>(input);
}

}  // namespace lf::lab
