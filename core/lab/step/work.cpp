// One step explained: a training step in slow motion, on a copy of the network, with autograd and a
// new optimiser.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "data/batches.h"
#include "data/generator.h"
#include "flow/loss.h"
#include "flow/paths.h"
#include "lab/plain_values.h"
#include "lab/step/batch.h"
#include "lab/step/result.h"
#include "lab/step/weight_groups.h"

namespace lf::lab {
namespace {

constexpr int64_t kStepPool = 2048;  ///< training digits to sample from
constexpr int64_t kMostBatch = 256, kStepShown = 8;
constexpr int64_t kMostParameters = 20'000'000;

class OneStep : public LabWork {
 public:
  explicit OneStep(const LabInput& input)
      : model_(input.model),
        latents_(input.latents),
        options_(input.options),
        values_(input.model.net->copy()),
        net_(values_->shadow()),
        original_(values_->parameters().flat().clone()) {
    const Settings& s = model_.settings;
    found_.parameters = net_->parameters().count();
    found_.optimizer = s.flow.optimizer;
    found_.sigma_min = s.flow.sigma_min;
    found_.clip = s.flow.clip;
  }

  bool advance() override {
    switch (stage_) {
      case Stage::Latents:
        fill();
        break;
      case Stage::Draw:
        draw();
        break;
      case Stage::Differentiate:
        differentiate();
        break;
      case Stage::Others:
        walk(others_, other_loss_, Stage::Update);
        break;
      case Stage::Update:
        update();
        break;
      case Stage::After:
        walk(batch_, loss_after_, Stage::OthersAfter, &after_);
        break;
      case Stage::OthersAfter:
        walk(others_, other_loss_after_, Stage::Conclude);
        break;
      case Stage::Conclude:
        conclude();
        break;
      case Stage::Done:
        break;
    }
    return stage_ != Stage::Done;
  }

  double progress() const override {
    const double part =
        batch_.t.defined() ? static_cast<double>(first_) / static_cast<double>(batch_.t.size(0)) : 0;
    return std::min(1.0, (static_cast<double>(stage_) + part) / static_cast<double>(Stage::Done));
  }
  bool news() const override { return false; }  // all of it takes less than a second
  void publish(LabBlock& block) const override { block.result = result_; }

  /// Another learning rate needs only another update; another batch needs everything but the copy
  /// and the latents.
  bool retarget(const LabOptions& options) override {
    const bool same_batch = options.seed == options_.seed &&
                            options.arguments.integer("draw") == options_.arguments.integer("draw");
    options_ = options;
    first_ = 0;
    const bool known = stage_ >= Stage::Update;
    stage_ = same_batch && known ? Stage::Update : std::min(stage_, Stage::Draw);
    return true;
  }

 private:
  enum class Stage { Latents, Draw, Differentiate, Others, Update, After, OthersAfter, Conclude, Done };

  int64_t pool() { return std::min(kStepPool, latents_.train().cache->size()); }
  int64_t slice() const { return std::max<int64_t>(8, net_->slice_digits() / 6); }

  void fill() {
    if (latents_.train().known() < pool()) latents_.train().advance();
    if (latents_.train().known() >= pool()) stage_ = Stage::Draw;
  }

  void draw() {
    const at::NoGradGuard no_grad;
    const auto number = static_cast<uint64_t>(options_.arguments.integer("draw"));
    auto order = data::make_generator(static_cast<uint64_t>(options_.seed), Purpose::FlowOrder, number);
    const at::Tensor rows = at::randperm(pool(), order, at::kLong);
    const int64_t n = std::min({model_.settings.flow.batch, kMostBatch, pool()});
    const auto batch_of = [&](int64_t first, uint64_t counter) {
      return training_batch(model_, latents_.train(), rows.narrow(0, first, n),
                            static_cast<uint64_t>(options_.seed), counter);
    };
    batch_ = batch_of(0, 2 * number);
    others_ = batch_of(pool() - n, 2 * number + 1);
    path_ = flow::ot_path(batch_.x0, batch_.x1, batch_.t, found_.sigma_min);
    prediction_ = at::empty_like(path_.x_t);
    after_ = at::empty_like(path_.x_t);
    loss_ = at::zeros({n}, at::kFloat);
    loss_after_ = loss_.clone(), other_loss_ = loss_.clone(), other_loss_after_ = loss_.clone();
    values_->parameters().flat().copy_(original_);
    net_->parameters().flat_gradient().zero_();
    first_ = 0;
    stage_ = Stage::Differentiate;
  }

  /// Some samples forward and backward; their gradients add up to that of the batch's mean loss.
  void differentiate() {
    const at::AutoGradMode grad(true);
    const int64_t whole = batch_.t.size(0), n = std::min(slice(), whole - first_);
    const auto part = [&](const at::Tensor& all) { return all.narrow(0, first_, n); };
    const at::Tensor v = net_->forward(part(path_.x_t), part(batch_.t), part(batch_.labels));
    const at::Tensor per_sample = flow::loss_per_sample(v, part(path_.target));
    (per_sample.sum() / static_cast<double>(whole)).backward();
    part(prediction_).copy_(v.detach());
    part(loss_).copy_(per_sample.detach());
    if ((first_ += n) < whole) return;
    gradient_ = net_->parameters().flat_gradient().clone();
    next(Stage::Others);
  }

  /// The loss of some samples of a batch, without gradients; then `after`.
  void walk(const training::FlowBatch& batch, const at::Tensor& loss, Stage after,
            const at::Tensor* velocity = nullptr) {
    const at::NoGradGuard no_grad;
    const int64_t whole = batch.t.size(0), n = std::min(2 * slice(), whole - first_);
    const auto part = [&](const at::Tensor& all) { return all.narrow(0, first_, n); };
    const flow::PathSample path =
        flow::ot_path(part(batch.x0), part(batch.x1), part(batch.t), found_.sigma_min);
    const at::Tensor v = values_->forward(path.x_t, part(batch.t), part(batch.labels));
    part(loss).copy_(flow::loss_per_sample(v, path.target));
    if (velocity) part(*velocity).copy_(v);
    if ((first_ += n) == whole) next(after);
  }

  void next(Stage stage) {
    first_ = 0;
    stage_ = stage;
  }

  void update() {
    const at::NoGradGuard no_grad;
    const models::ParameterSet& parameters = net_->parameters();
    parameters.flat().copy_(original_);
    parameters.flat_gradient().copy_(gradient_);
    const auto optimizer = new_optimizer(parameters, model_.settings);
    found_.rate_factor = std::stod(options_.arguments.text("rate"));
    found_.rate = found_.rate_factor * model_.settings.flow.lr;
    found_.muon_rate = found_.rate_factor * model_.settings.flow.muon_lr;
    found_.gradient_norm = optimizer->step(found_.rate);
    const auto names = weight_groups(parameters);
    const auto sizes = group_sizes(parameters);
    const auto gradients = group_norms(parameters, gradient_), weights = group_norms(parameters, original_),
               updates = group_norms(parameters, parameters.flat() - original_);
    found_.groups.clear();
    for (size_t i = 0; i < names.size(); ++i)
      found_.groups.push_back({names[i], sizes[i], gradients[i], weights[i], updates[i]});
    next(Stage::After);
  }

  void conclude() {
    const at::NoGradGuard no_grad;
    found_.batch = batch_.t.size(0);
    found_.t = floats_of(batch_.t);
    found_.loss = floats_of(loss_), found_.loss_after = floats_of(loss_after_);
    found_.labels = bytes_of(batch_.labels);
    found_.x0_rms = rms(batch_.x0), found_.x1_rms = rms(batch_.x1), found_.target_rms = rms(path_.target);
    found_.prediction_rms = rms(prediction_);
    found_.cosine =
        at::cosine_similarity(prediction_.flatten(1), path_.target.flatten(1), 1).mean().item<double>();
    found_.mean_loss = loss_.mean().item<double>(),
    found_.mean_loss_after = loss_after_.mean().item<double>();
    found_.other_loss = other_loss_.mean().item<double>();
    found_.other_loss_after = other_loss_after_.mean().item<double>();
    draw_pictures();
    result_ = std::make_shared<const LabStep>(found_);
    stage_ = Stage::Done;
  }

  /// Of digits from all parts of the set.
  void draw_pictures() {
    const at::Tensor order = at::argsort(batch_.t);
    const int64_t n = order.size(0), shown = std::min(kStepShown, n);
    found_.shown.clear();
    for (int64_t i = 0; i < shown; ++i)
      found_.shown.push_back(order[(2 * i + 1) * n / (2 * shown)].item<int64_t>());
    const at::Tensor rows = at::tensor(found_.shown, at::kLong);
    const auto part = [&](const at::Tensor& all) { return all.index_select(0, rows); };
    const auto guess = [&](const at::Tensor& v) {
      return flow::endpoint_guess(part(path_.x_t), part(v), part(batch_.t), found_.sigma_min);
    };
    const at::Tensor all =
        at::cat({part(batch_.x1), part(batch_.x0), part(path_.x_t), guess(prediction_), guess(after_)});
    found_.pictures = data::image_sheet(inference::decode_pixels(model_, all));
  }

  const inference::Model& model_;
  LatentStore& latents_;
  LabOptions options_;
  std::unique_ptr<models::VelocityNet> values_, net_;  ///< the copy, and the same weights with gradients
  at::Tensor original_, gradient_;  ///< flat: weights before the step, gradient of the batch
  Stage stage_ = Stage::Latents;
  int64_t first_ = 0;  ///< next sample of the current stage
  training::FlowBatch batch_, others_;
  flow::PathSample path_;
  at::Tensor prediction_, after_;  ///< v of the batch before and after
  at::Tensor loss_, loss_after_, other_loss_, other_loss_after_;
  LabStep found_;
  std::shared_ptr<const LabStep> result_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_step(const LabInput& input) {
  input.latents.require("the tool Training step");
  if (input.model.net->parameters().count() > kMostParameters)
    throw InputError(
        "the tool Training step copies the network with its gradients, and this network is too large for "
        "that");
  return std::make_unique<OneStep>(input);
}

}  // namespace lf::lab
