// The DiT against its reference vectors: field, loss, gradients, ten Adam steps, both integrations.
// Gradients and steps come from the hand-written training pass.
#include <ATen/core/grad_mode.h>

#include <memory>

#include "base/classes.h"
#include "base/errors.h"
#include "base/printed.h"
#include "flow/integrate.h"
#include "flow/loss.h"
#include "flow/paths.h"
#include "flow/time_sampling.h"
#include "jobs/networks/verification.h"
#include "models/weights/file.h"
#include "models/weights/tensor_io.h"
#include "optim/adamw.h"
#include "training/reference_dit/dit_pass.h"
#include "training/reference_dit/dit_stepper.h"

namespace lf::jobs {
namespace {

constexpr double kVectorsSigmaMin = 0.001, kAdamRate = 1e-3;  // of the reference vectors
constexpr double kTight = 1e-4, kLoose = 1e-3;
constexpr double kNearlyOne = 0.01;  // an attempt this close to acceptance may be decided either way

/// Shared by the steps: the network and the file's tensors.
struct DitCase {
  std::unique_ptr<models::Dit> net;
  std::map<std::string, at::Tensor> vectors;
  std::string file;

  at::Tensor at(const std::string& name) const { return vector_of(vectors, name, file); }
  bool has(const std::string& name) const { return vectors.count(name) > 0; }
  /// The labels under this name, (B) or (steps, B), for a conditional network; undefined: no label.
  at::Tensor labels(const std::string& name) const {
    const bool given = net->labelled() && has(name);
    return given ? vectors.at(name).to(at::kLong) : at::Tensor();
  }
  at::Tensor velocity(const at::Tensor& x, const at::Tensor& t) const {
    const at::Tensor digits = labels("labels");
    return digits.defined() ? net->forward(x, t, digits) : net->forward(x, t);
  }
};

/// Labels of the vectors are 0 to 10 and as many as the latents. Throws InputError.
void check_labels(const DitCase& c, const std::string& name, at::IntArrayRef shape) {
  const at::Tensor labels = c.labels(name);
  if (!labels.defined()) return;
  const bool fits = labels.sizes() == shape && labels.numel() > 0 && labels.min().item<int64_t>() >= 0 &&
                    labels.max().item<int64_t>() <= kNoClass;
  if (!fits) throw InputError(c.file + ": " + name + " must hold a label from 0 to 10 for each latent");
}

using Rows = std::vector<VerifyRow>;

at::Tensor times(const at::Tensor& u, int64_t count) {
  return flow::stratified_times(u.reshape({-1})[0].item<double>(), count);
}

/// The inputs of a training step: x_t, t and target of one batch.
struct StepInput {
  flow::PathSample path;
  at::Tensor t;

  StepInput(const at::Tensor& x0, const at::Tensor& x1, const at::Tensor& u) : t(times(u, x0.size(0))) {
    path = flow::ot_path(x0, x1, t, kVectorsSigmaMin);
  }
};

/// The whole gradient of the file's batch by the training pass; its mean loss goes to `loss`.
at::Tensor gradient_of(const DitCase& c, at::Tensor& loss) {
  const at::Tensor gradient = at::zeros_like(c.net->parameters().flat());
  training::DitPass pass(*c.net);
  const StepInput input(c.at("x0"), c.at("x1"), c.at("u"));
  pass.begin(input.path.x_t, input.t, input.path.target, c.labels("labels"));
  while (pass.advance([&](int64_t offset, const at::Tensor& values, int64_t) {
    gradient.narrow(0, offset, values.size(0)).copy_(values);
  })) {
  }
  loss = pass.loss_per_sample().mean();
  return gradient;
}

void check_field(DitCase& c, Rows& rows) {
  at::NoGradGuard no_grad;
  const at::Tensor x0 = c.at("x0"), x1 = c.at("x1"), t = times(c.at("u"), x0.size(0));
  const flow::PathSample path = flow::ot_path(x0, x1, t, kVectorsSigmaMin);
  if (c.has("t")) rows.push_back(compare("t", t, c.at("t"), kTight));
  if (c.has("time_features"))
    rows.push_back(compare("time_features", models::dit_time_features(t), c.at("time_features"), kTight));
  rows.push_back(compare("x_t", path.x_t, c.at("x_t"), kTight));
  rows.push_back(compare("target", path.target, c.at("target"), kTight));
  rows.push_back(compare("velocity", c.velocity(path.x_t, t), c.at("velocity"), kTight));
}

void check_gradients(DitCase& c, Rows& rows) {
  at::NoGradGuard no_grad;
  at::Tensor loss;
  const at::Tensor all = gradient_of(c, loss);
  rows.push_back(compare("loss", loss, c.at("loss"), kTight));
  const models::ParameterSet& parameters = c.net->parameters();
  for (size_t i = 0; i < parameters.size(); ++i) {
    const std::string& name = parameters.specs()[i].name;
    const at::Tensor& value = parameters[i];
    const at::Tensor gradient = all.narrow(0, value.storage_offset(), value.numel()).view(value.sizes());
    if (c.has("grad/" + name))
      rows.push_back(compare("grad/" + name, gradient, c.at("grad/" + name), kTight));
    if (c.has("grad_norm/" + name))
      rows.push_back(compare("grad_norm/" + name, gradient.norm(), c.at("grad_norm/" + name), kTight));
  }
}

void check_adam(DitCase& c, Rows& rows) {
  at::NoGradGuard no_grad;
  optim::AdamW adam(c.net->parameters().flat(), at::Tensor(), optim::AdamWOptions{});
  training::DitStepper stepper(*c.net, adam);
  const at::Tensor x0 = c.at("adam/x0"), x1 = c.at("adam/x1"), u = c.at("adam/u"),
                   reference = c.at("adam/loss"), labels = c.labels("adam/labels");
  VerifyRow worst{"adam/loss", 0, kLoose, true, ""};
  for (int64_t i = 0; i < reference.numel(); ++i) {
    const StepInput input(x0[i], x1[i], u[i]);
    stepper.begin(input.path.x_t, input.t, input.path.target, kAdamRate,
                  labels.defined() ? labels[i] : at::Tensor());
    while (!stepper.advance_step()) {
    }
    const VerifyRow row =
        compare("adam/loss", stepper.loss_per_sample().mean(), reference.reshape({-1})[i], kLoose);
    if (!(row.max_rel <= worst.max_rel)) worst = row;
  }
  worst.note = "worst of " + std::to_string(reference.numel()) + " losses, each before its step";
  rows.push_back(worst);
}

std::string attempts_text(const std::vector<flow::OdeStep>& attempts) {
  std::string text = "err per attempt:";
  for (const auto& attempt : attempts) {
    text += printed(" %.4g%s", attempt.error, attempt.accepted ? "" : " (rejected)");
  }
  return text;
}

void check_integration(DitCase& c, Rows& rows, bool forward) {
  at::NoGradGuard no_grad;
  const std::string name = forward ? "ode/x1" : "ode/back", count = forward ? "ode/nfe" : "ode/back_nfe";
  flow::IntegrateOptions options;
  options.solver = "dopri5-reference";
  options.t0 = forward ? 0 : 1;
  options.t1 = forward ? 1 : 0;
  const auto field = [&c](const at::Tensor& x, double t) {
    return c.net->forward(x, at::full({x.size(0)}, t, at::kFloat));
  };
  const flow::Trajectory path = flow::integrate(field, c.at(forward ? "ode/x0" : "ode/x1"), options);
  rows.push_back(compare(name, path.x.back(), c.at(name), kLoose));
  VerifyRow evaluations =
      compare(count, at::scalar_tensor(static_cast<double>(path.nfe), at::kFloat), c.at(count), 0);
  bool nearly = false;
  for (const auto& attempt : path.attempts) nearly |= std::abs(attempt.error - 1) <= kNearlyOne;
  if (!evaluations.ok && nearly) evaluations.ok = true;
  evaluations.note = std::to_string(path.nfe) + " function evaluations; " + attempts_text(path.attempts);
  rows.push_back(evaluations);
}

}  // namespace

std::vector<VerifyStep> dit_verification(const std::string& weights, const std::string& vectors,
                                         int64_t heads, bool raw, std::vector<std::string>& notes) {
  auto c = std::make_shared<DitCase>();
  const models::Weights stored = models::read_weights(weights, models::WeightsKind::Dit, raw);
  std::string notice;
  c->net = models::load_dit(stored, heads, /*trainable=*/false, notice);
  notes = stored.notes;
  if (!notice.empty()) notes.push_back(notice);
  c->file = vectors;
  c->vectors = models::to_tensors(files::read_safetensors(vectors));
  for (const char* needed : {"u", "x0", "x1", "x_t", "target", "velocity", "loss"}) c->at(needed);
  const models::DitConfig& config = c->net->config();
  const at::Tensor x0 = c->at("x0");
  const std::vector<int64_t> expected{x0.size(0), config.channels, config.input_size, config.input_size};
  if (x0.sizes() != at::IntArrayRef(expected))
    throw InputError(vectors + ": x0 has another shape than the latents of " + weights);
  check_labels(*c, "labels", {x0.size(0)});
  const at::Tensor batches = c->has("adam/x0") ? c->at("adam/x0") : at::Tensor();
  if (batches.defined() && batches.dim() >= 2) check_labels(*c, "adam/labels", batches.sizes().slice(0, 2));
  std::vector<VerifyStep> steps{[c](Rows& rows) { check_field(*c, rows); },
                                [c](Rows& rows) { check_gradients(*c, rows); }};
  const bool adam = c->has("adam/loss");
  if (adam) steps.push_back([c](Rows& rows) { check_adam(*c, rows); });
  // The integrations belong to the weights after the ten steps.
  if (adam && c->has("ode/x1")) {
    steps.push_back([c](Rows& rows) { check_integration(*c, rows, true); });
    if (c->has("ode/back")) steps.push_back([c](Rows& rows) { check_integration(*c, rows, false); });
  }
  for (const auto& [name, what] : {std::pair<const char*, const char*>{"adam/loss", "ten Adam steps"},
                                   {"ode/x1", "the integration forward"},
                                   {"ode/back", "the integration backward"}}) {
    if (!c->has(name)) notes.push_back(std::string("not checked, the vectors lack it: ") + what);
  }
  return steps;
}

}  // namespace lf::jobs
