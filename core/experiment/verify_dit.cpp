// The DiT against its reference vectors: field, loss, gradients, ten Adam steps, both integrations.
#include <ATen/core/grad_mode.h>

#include <cstdio>
#include <memory>

#include "experiment/verification.h"
#include "flow/integrate.h"
#include "flow/loss.h"
#include "flow/paths.h"
#include "flow/time_sampling.h"
#include "messages/errors.h"
#include "models/tensor_io.h"
#include "models/weights_file.h"
#include "optim/adamw.h"

namespace lf {
namespace {

constexpr double kSigmaMin = 0.001, kAdamRate = 1e-3;  // of the reference vectors
constexpr double kTight = 1e-4, kLoose = 1e-3;
constexpr double kNearlyOne = 0.01;  // an attempt this close to acceptance may fall on either side

/// What the steps share: the network and the file's tensors.
struct DitCase {
  std::unique_ptr<Dit> net;
  std::map<std::string, at::Tensor> vectors;
  std::string file;

  at::Tensor at(const std::string& name) const { return vector_of(vectors, name, file); }
  bool has(const std::string& name) const { return vectors.count(name) > 0; }
};

using Rows = std::vector<VerifyRow>;

at::Tensor times(const at::Tensor& u, int64_t count) {
  return stratified_times(u.reshape({-1})[0].item<double>(), count);
}

/// The mean loss of one batch, its gradients added to the net's.
at::Tensor differentiate(DitCase& c, const at::Tensor& x0, const at::Tensor& x1, const at::Tensor& t) {
  const at::AutoGradMode grad(true);
  const PathSample path = ot_path(x0, x1, t, kSigmaMin);
  const at::Tensor loss = (c.net->forward(path.x_t, t) - path.target).square().mean();
  loss.backward();
  return loss.detach();
}

void check_field(DitCase& c, Rows& rows) {
  at::NoGradGuard no_grad;
  const at::Tensor x0 = c.at("x0"), x1 = c.at("x1"), t = times(c.at("u"), x0.size(0));
  const PathSample path = ot_path(x0, x1, t, kSigmaMin);
  if (c.has("t")) rows.push_back(compare("t", t, c.at("t"), kTight));
  if (c.has("time_features"))
    rows.push_back(compare("time_features", dit_time_features(t), c.at("time_features"), kTight));
  rows.push_back(compare("x_t", path.x_t, c.at("x_t"), kTight));
  rows.push_back(compare("target", path.target, c.at("target"), kTight));
  rows.push_back(compare("velocity", c.net->forward(path.x_t, t), c.at("velocity"), kTight));
}

void check_gradients(DitCase& c, Rows& rows) {
  const at::Tensor x0 = c.at("x0");
  const at::Tensor loss = differentiate(c, x0, c.at("x1"), times(c.at("u"), x0.size(0)));
  rows.push_back(compare("loss", loss, c.at("loss"), kTight));
  const ParameterSet& parameters = c.net->parameters();
  for (size_t i = 0; i < parameters.size(); ++i) {
    const std::string& name = parameters.specs()[i].name;
    const at::Tensor& gradient = parameters[i].grad();
    if (c.has("grad/" + name))
      rows.push_back(compare("grad/" + name, gradient, c.at("grad/" + name), kTight));
    if (c.has("grad_norm/" + name))
      rows.push_back(compare("grad_norm/" + name, gradient.norm(), c.at("grad_norm/" + name), kTight));
  }
  parameters.flat_gradient().zero_();
}

void check_adam(DitCase& c, Rows& rows) {
  AdamW adam(c.net->parameters().flat(), c.net->parameters().flat_gradient(), AdamWOptions{});
  const at::Tensor x0 = c.at("adam/x0"), x1 = c.at("adam/x1"), u = c.at("adam/u"),
                   reference = c.at("adam/loss");
  VerifyRow worst{"adam/loss", 0, kLoose, true, ""};
  for (int64_t i = 0; i < reference.numel(); ++i) {
    const at::Tensor loss = differentiate(c, x0[i], x1[i], times(u[i], x0.size(1)));
    const VerifyRow row = compare("adam/loss", loss, reference.reshape({-1})[i], kLoose);
    if (!(row.max_rel <= worst.max_rel)) worst = row;
    adam.step(kAdamRate);
  }
  worst.note = "worst of " + std::to_string(reference.numel()) + " losses, each before its step";
  rows.push_back(worst);
}

std::string attempts_text(const std::vector<OdeStep>& attempts) {
  std::string text = "err per attempt:";
  for (const auto& attempt : attempts) {
    char number[32];
    std::snprintf(number, sizeof number, " %.4g%s", attempt.error, attempt.accepted ? "" : " (rejected)");
    text += number;
  }
  return text;
}

void check_integration(DitCase& c, Rows& rows, bool forward) {
  at::NoGradGuard no_grad;
  const std::string name = forward ? "ode/x1" : "ode/back", count = forward ? "ode/nfe" : "ode/back_nfe";
  IntegrateOptions options;
  options.solver = "dopri5-reference";
  options.t0 = forward ? 0 : 1;
  options.t1 = forward ? 1 : 0;
  const auto field = [&c](const at::Tensor& x, double t) {
    return c.net->forward(x, at::full({x.size(0)}, t, at::kFloat));
  };
  const Trajectory path = integrate(field, c.at(forward ? "ode/x0" : "ode/x1"), options);
  rows.push_back(compare(name, path.x.back(), c.at(name), kLoose));
  VerifyRow evaluations =
      compare(count, at::scalar_tensor(static_cast<double>(path.nfe), at::kFloat), c.at(count), 0);
  bool nearly = false;
  for (const auto& attempt : path.attempts) nearly |= std::abs(attempt.error - 1) <= kNearlyOne;
  if (!evaluations.ok && nearly) evaluations.ok = true;
  evaluations.note = std::to_string(path.nfe) + " evaluations; " + attempts_text(path.attempts);
  rows.push_back(evaluations);
}

}  // namespace

std::vector<VerifyStep> dit_verification(const std::string& weights, const std::string& vectors,
                                         int64_t heads, std::vector<std::string>& notes) {
  auto c = std::make_shared<DitCase>();
  std::string notice;
  c->net = load_dit(read_weights(weights), heads, /*trainable=*/true, notice);
  if (!notice.empty()) notes.push_back(notice);
  c->file = vectors;
  c->vectors = to_tensors(read_safetensors(vectors));
  for (const char* needed : {"u", "x0", "x1", "x_t", "target", "velocity", "loss"}) c->at(needed);
  const DitConfig& config = c->net->config();
  const at::Tensor x0 = c->at("x0");
  const std::vector<int64_t> expected{x0.size(0), config.channels, config.input_size, config.input_size};
  if (x0.sizes() != at::IntArrayRef(expected))
    throw InputError(vectors + ": x0 has another shape than the latents of " + weights);
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

}  // namespace lf
