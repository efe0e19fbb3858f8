// All settings by group, one row each: name, default, range, unit and meaning.
#include "base/classes.h"
#include "config/settings.h"
#include "config/solver_table.h"

namespace lf {
namespace {

using K = SettingKind;
constexpr bool kLog = true, kLinear = false, kLive = true, kNextRun = false;

// One row, one setting: key, label, group, kind, default, min, max, unit, choices, scale, when; its meaning.
// clang-format off
std::vector<SettingInfo> general_settings() {
  return {
      {"seed", "Seed", "Run", K::Integer, "1", 0, 2147483647, "", {}, kLinear, kNextRun,
       "Seed of all random numbers of a run. The same seed, build and thread count give the same bytes."},
      {"device", "Device", "Run", K::Choice, "auto", 0, 0, "", {"auto", "cpu", "cuda"}, kLinear, kNextRun,
       "Where the tensors are stored and computed. 'auto' uses the graphics card if there is one, "
       "otherwise the processor."},
      {"arithmetic", "Arithmetic", "Run", K::Choice, "auto", 0, 0, "", {"auto", "float32", "bfloat16"}, kLinear, kNextRun,
       "Number format of the matrix products in training and sampling. 'bfloat16' rounds the operands to 8 "
       "significant bits; sums, weights, norms, losses and optimiser stay float32. It is several times "
       "faster with AMX, or with AVX512_BF16 on AMD; 'auto' checks for these."},
      {"threads", "Threads", "Run", K::Integer, "0", 0, 256, "", {}, kLinear, kNextRun,
       "Processor threads of one training step; 0 uses every core that this process may use. Another "
       "number of threads changes the order of sums and therefore the last digits."},
      {"autosave", "Autosave", "Run", K::Number, "60", 0.2, 3600, "s", {}, kLog, kLive,
       "Seconds of training between two saves of the run. A crash or power cut loses at most this much. "
       "Large models are saved less often, so that saving takes at most 2 % of the time."},
  };
}

std::vector<SettingInfo> autoencoder_settings() {
  return {
      {"autoencoder", "From file", "Autoencoder", K::Path, "", 0, 0, "", {}, kLinear, kNextRun,
       "Weight file of an AutoencoderKL (.safetensors), such as Stable Diffusion's sd-vae-ft-ema. With a "
       "file, no autoencoder is trained. Empty: the program trains its own."},
      {"latent.scale", "Latent scale", "Autoencoder", K::Number, "0", 0, 100, "", {}, kLinear, kNextRun,
       "Scale factor of all latents of an autoencoder from a file; Stable Diffusion's is 0.18215. 0 "
       "standardises every coordinate to mean 0 and standard deviation 1. If the program's own "
       "autoencoder is used instead, the factor is measured: 1 / standard deviation."},
      {"latent.noise", "Latent noise", "Autoencoder", K::Number, "0.3", 0.01, 1, "", {}, kLinear, kNextRun,
       "Share of the posterior's standard deviation in the latents that the flow learns; 1 samples the "
       "posterior. Less noise gives sharper latents. The decoder always learns from the whole posterior."},
      {"autoencoder.net", "Network", "Autoencoder", K::Choice, "conv-24-48-48", 0, 0, "",
       {"conv-24-48-48", "conv-8-16-16", "conv-64-96-128"}, kLinear, kNextRun,
       "Channels of the three convolutions that compress each 28×28 image to a 4×4×4 latent. Wider "
       "networks give sharper strokes and train more slowly."},
      {"autoencoder.epochs", "Epochs", "Autoencoder", K::Number, "auto", 0.02, 1000, "epochs", {"auto"}, kLog, kNextRun,
       "Passes of the autoencoder over the training digits, including the decoder's steps beside the flow. "
       "'auto' uses a fifth of the flow's digits, but at least half an epoch. The decoder limits the "
       "quality of all samples."},
      {"autoencoder.freeze", "Freeze encoder", "Autoencoder", K::Number, "auto", 0.02, 1000, "epochs", {"auto", "end"}, kLog,
       kNextRun,
       "Epochs after which the encoder is frozen; then the flow starts, and only the decoder is trained "
       "beside it. 'auto' freezes it after a tenth of the flow's digits, but at least half an epoch. "
       "'end' trains the whole autoencoder first, as graphics cards always do."},
      {"autoencoder.batch", "Batch", "Autoencoder", K::Integer, "64", 8, 4096, "digits", {}, kLog, kNextRun,
       "Digits per optimiser step of the autoencoder."},
      {"autoencoder.optimizer", "Optimiser", "Autoencoder", K::Choice, "muon", 0, 0, "", {"muon", "adamw"}, kLinear,
       kNextRun,
       "Optimiser of the autoencoder. 'muon' orthogonalises the update of every convolution, so that all "
       "directions learn equally fast; biases and outer layers use AdamW. 'adamw' scales every weight "
       "separately."},
      {"autoencoder.muon_lr", "Muon learning rate", "Autoencoder", K::Number, "0.04", 1e-6, 1, "", {}, kLog, kNextRun,
       "Peak learning rate of Muon's orthogonal updates. It follows the same one-cycle schedule as AdamW's."},
      {"autoencoder.lr", "Learning rate", "Autoencoder", K::Number, "0.004", 1e-6, 0.1, "", {}, kLog, kNextRun,
       "Peak learning rate of AdamW. It rises over the first tenth of the steps and falls to zero at the "
       "end (one cycle)."},
      {"autoencoder.beta", "KL weight β", "Autoencoder", K::Number, "0.025", 0, 10, "", {}, kLog, kNextRun,
       "Weight of the KL term in the loss. A larger β gives smoother latents that a flow learns easily, "
       "but blurrier reconstructions."},
      {"autoencoder.beta_warmup", "KL warm-up", "Autoencoder", K::Integer, "200", 0, 100000, "steps", {}, kLinear, kNextRun,
       "Steps over which β rises from zero, so that the decoder first learns to use the latent."},
      {"autoencoder.clip", "Gradient clip", "Autoencoder", K::Number, "20", 0.01, 1e6, "", {}, kLog, kNextRun,
       "Gradients with a larger norm are scaled down to this value."},
  };
}

std::vector<SettingInfo> flow_net_settings() {
  return {
      {"flow.net", "Network", "Velocity network", K::Choice, "compact-dit", 0, 0, "", {"compact-dit", "dit"}, kLinear,
       kNextRun,
       "Network that predicts the velocity. 'compact-dit' is a small class-conditional transformer. 'dit' "
       "is the diffusion transformer DiT (adaLN-Zero), here unconditional: it cannot generate a chosen "
       "digit."},
      {"flow.patch", "Patch", "Velocity network", K::Integer, "2", 1, 4, "", {}, kLinear, kNextRun,
       "Side of the square of latent pixels that forms one token. 2 gives 4 tokens; 1 gives 16, which is "
       "finer and slower."},
      {"flow.width", "Width", "Velocity network", K::Integer, "96", 16, 2048, "", {}, kLog, kNextRun,
       "Features per token. Cost grows with the square of the width. On two cores, a narrow network with "
       "more steps gives better samples."},
      {"flow.blocks", "Blocks", "Velocity network", K::Integer, "4", 1, 48, "", {}, kLinear, kNextRun,
       "Transformer blocks. Each has attention followed by an MLP on every token."},
      {"flow.heads", "Heads", "Velocity network", K::Integer, "4", 1, 32, "", {}, kLinear, kNextRun,
       "Attention heads of each block. The width must be a multiple of this number."},
      {"flow.mlp_ratio", "MLP ratio", "Velocity network", K::Number, "3", 1, 8, "×", {}, kLinear, kNextRun,
       "Hidden width of each block's MLP, as a multiple of the width."},
      {"flow.precondition", "Gaussian start", "Velocity network", K::Switch, "on", 0, 0, "", {}, kLinear, kNextRun,
       "Adds the output of the compact network to the exact velocity of a Gaussian distribution. The input "
       "is scaled to standard deviation 1. The network then learns only how digits differ from a Gaussian."},
      {"flow.label_drop", "Label drop", "Velocity network", K::Number, "0.1", 0, 1, "", {}, kLinear, kNextRun,
       "Share of training digits whose label is hidden. The network learns the unconditional velocity from "
       "these digits; guidance needs it."},
  };
}

std::vector<SettingInfo> flow_training_settings() {
  return {
      {"flow.steps", "Steps", "Flow training", K::Integer, "1404", 1, 10000000, "steps", {}, kLog, kNextRun,
       "Optimiser steps of the flow. 234 steps of 256 digits are one pass over the training set."},
      {"epoch_images", "Digits per epoch", "Flow training", K::Integer, "0", 0, 10000000, "digits", {}, kLinear, kNextRun,
       "Ends an epoch of the flow after this many digits, to try a long preset quickly. The next epoch "
       "uses other digits. 0 uses the whole training set."},
      {"flow.batch", "Batch", "Flow training", K::Integer, "256", 8, 16384, "digits", {}, kLog, kNextRun,
       "Digits per optimiser step of the flow, each with its own noise and its own time t."},
      {"flow.optimizer", "Optimiser", "Flow training", K::Choice, "muon", 0, 0, "", {"muon", "adamw"}, kLinear,
       kNextRun,
       "Optimiser of the flow. 'muon' orthogonalises the update of every matrix in the blocks and needs "
       "fewer steps for the same quality. 'adamw' scales every weight separately."},
      {"flow.muon_lr", "Muon learning rate", "Flow training", K::Number, "0.02", 1e-6, 1, "", {}, kLog, kNextRun,
       "Learning rate of Muon's orthogonal updates. It follows the same schedule as AdamW's."},
      {"flow.lr", "Learning rate", "Flow training", K::Number, "0.006", 1e-6, 0.1, "", {}, kLog, kNextRun,
       "Learning rate of AdamW after warm-up; with Muon, that of embeddings, modulation and outer layers. "
       "Too high: the loss jumps. Too low: samples stay blurred."},
      {"flow.warmup", "Warm-up", "Flow training", K::Integer, "20", 0, 100000, "steps", {}, kLinear, kNextRun,
       "Steps over which the learning rate rises from zero, while the optimiser estimates the scale of "
       "the gradients."},
      {"flow.decay", "Decay share", "Flow training", K::Number, "0.5", 0, 1, "", {}, kLinear, kNextRun,
       "Last share of the steps, over which the learning rate falls linearly to zero. Samples become "
       "sharp in this part."},
      {"flow.weight_decay", "Weight decay", "Flow training", K::Number, "0.01", 0, 1, "", {}, kLog, kNextRun,
       "Share by which AdamW shrinks the weights in each step, in units of the learning rate."},
      {"flow.beta2", "Adam β2", "Flow training", K::Number, "0.99", 0.5, 0.99999, "", {}, kLinear, kNextRun,
       "Decay of Adam's second moment: the share that each step keeps. Short runs need a lower value than "
       "the usual 0.999."},
      {"flow.clip", "Gradient clip", "Flow training", K::Number, "1", 0, 1e6, "", {}, kLog, kNextRun,
       "Gradients with a larger norm are scaled down to this value. 0 does not clip."},
      {"flow.time", "Time law", "Flow training", K::Choice, "mixed", 0, 0, "",
       {"uniform", "stratified", "logit-normal", "mixed"}, kLinear, kNextRun,
       "Distribution of the training times t. 'mixed' samples mostly the middle, where the class is "
       "decided, and 10 % uniformly. 'stratified' spreads each batch evenly."},
      {"flow.coupling", "Coupling", "Flow training", K::Choice, "independent", 0, 0, "",
       {"independent", "transport", "transport-by-digit"}, kLinear, kNextRun,
       "How noise and digits are paired. 'transport' is minibatch optimal transport: the pairs of a batch "
       "have the smallest total distance. 'transport-by-digit' does this within each class, so that noise "
       "stays independent of the class; both run on the processor only."},
      {"flow.sigma_min", "σ_min", "Flow training", K::Number, "0", 0, 0.5, "", {}, kLinear, kNextRun,
       "Noise that remains at t = 1: each path ends in a small Gaussian around its digit. The presets use "
       "0."},
      {"flow.ema", "Average weights", "Flow training", K::Switch, "on", 0, 0, "", {}, kLinear, kNextRun,
       "Keeps a running average (EMA) of the weights and uses it for samples."},
      {"flow.ema_gamma", "EMA γ", "Flow training", K::Number, "14", 0, 200, "", {}, kLinear, kNextRun,
       "Exponent of the weight average: step k keeps (1 − 1/k)^(γ+1). A larger γ averages over fewer "
       "recent steps. Averaged weights give cleaner samples."},
  };
}

std::vector<SettingInfo> view_settings() {
  const std::vector<std::string>& solvers = solver_ids();
  return {
      {"preview.solver", "Solver", "Preview", K::Choice, "midpoint", 0, 0, "", solvers, kLinear, kLive,
       "Solver of the preview's trajectories from noise to digit. Euler needs one function evaluation per "
       "step, midpoint two, rk4 four; dopri5 chooses its own steps."},
      {"preview.steps", "Steps", "Preview", K::Integer, "16", 1, 100, "steps", {}, kLinear, kLive,
       "Solver steps from t = 0 to t = 1. Each is a tick of the slider and an image of the film strip."},
      {"preview.digits", "Digits", "Preview", K::Integer, "40", 10, 40, "digits", {}, kLinear, kLive,
       "Number of digits in the preview. Fewer are generated faster, which large networks need."},
      {"preview.guidance", "Guidance w", "Preview", K::Number, "1", 0, 8, "", {}, kLinear, kLive,
       "Guidance weight w: v = v∅ + w (v_c − v∅). 0 is unconditional, 1 conditional. Above 1, digits get "
       "clearer but less varied."},
      {"preview.digit", "Digit", "Preview", K::Integer, "-1", -1, kClasses - 1, "", {}, kLinear, kLive,
       "Class label of the preview. −1 uses all ten in turn."},
      {"preview.seed", "Noise seed", "Preview", K::Integer, "7", 0, 2147483647, "", {}, kLinear, kLive,
       "Seed of the preview's noise. It stays fixed during training, so you see the same noise become "
       "better digits."},
      {"preview.weights", "Weights", "Preview", K::Choice, "ema", 0, 0, "", {"ema", "raw"}, kLinear, kLive,
       "Averaged weights (ema) are those of the finished model. Raw weights are the optimiser's current "
       "ones."},
      {"preview.share", "Preview share", "Preview", K::Number, "0.03", 0, 0.9, "", {}, kLinear, kLive,
       "Share of the worker's time for live previews and scores during training. The rest goes to training."},
      {"sampler.solver", "Solver", "Sampler", K::Choice, "euler", 0, 0, "", solvers, kLinear, kLive,
       "Solver of saved samples and scores. After short training, eight Euler steps score better than "
       "higher-order solvers with the same function evaluations."},
      {"sampler.steps", "Steps", "Sampler", K::Integer, "8", 1, 1000, "steps", {}, kLinear, kLive,
       "Solver steps of saved samples and scores. Euler needs one function evaluation per step, midpoint "
       "two."},
      {"quality.live", "Live score", "Quality", K::Switch, "on", 0, 0, "", {}, kLinear, kLive,
       "Scores samples during training, within the time set by the preview share."},
      {"quality.interval", "Every", "Quality", K::Number, "15", 2, 3600, "s", {}, kLog, kLive,
       "Seconds of training between two live scores."},
      {"quality.count", "Samples", "Quality", K::Integer, "1000", 100, 10000, "digits", {}, kLog, kLive,
       "Samples of a live score. Few samples give an FD% that is too high; the noise floor shows by how "
       "much."},
      {"quality.final", "Final samples", "Quality", K::Integer, "10000", 0, 10000, "digits", {}, kLinear, kLive,
       "Samples of the score at the end of a run; 0 skips it. A large network needs minutes to generate "
       "10,000."},
  };
}

// clang-format on

std::vector<SettingInfo> build_table() {
  std::vector<SettingInfo> table;
  for (const auto& part : {general_settings(), autoencoder_settings(), flow_net_settings(),
                           flow_training_settings(), view_settings()}) {
    table.insert(table.end(), part.begin(), part.end());
  }
  return table;
}

}  // namespace

const std::vector<SettingInfo>& setting_table() {
  static const std::vector<SettingInfo> table = build_table();
  return table;
}

}  // namespace lf
