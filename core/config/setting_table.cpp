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
       "Every random number of a run follows from this one. Same seed, build and thread count: the same "
       "bytes."},
      {"device", "Device", "Run", K::Choice, "auto", 0, 0, "", {"auto", "cpu", "cuda"}, kLinear, kNextRun,
       "Where tensors live. 'auto' takes the graphics card when there is one, else the processor."},
      {"arithmetic", "Arithmetic", "Run", K::Choice, "auto", 0, 0, "", {"auto", "float32", "bfloat16"}, kLinear, kNextRun,
       "What the products of training and sampling multiply. 'bfloat16' rounds their operands to 8 bits and adds in "
       "float32: several times faster where the processor has AMX, or AVX512_BF16 on AMD, which 'auto' looks for. "
       "Weights, norms, losses and optimiser stay float32."},
      {"threads", "Threads", "Run", K::Integer, "0", 0, 256, "", {}, kLinear, kNextRun,
       "Processor threads of one training step; 0 takes every core that this process may use. Another count "
       "sums in another order and so gives other last digits."},
      {"autosave", "Autosave", "Run", K::Number, "60", 0.2, 3600, "s", {}, kLog, kLive,
       "Seconds of training between two saves of the run: what a crash or a power cut can cost at most. Large "
       "models are saved less often, so that saving never takes more than a fiftieth of the time."},
  };
}

std::vector<SettingInfo> autoencoder_settings() {
  return {
      {"autoencoder", "From file", "Autoencoder", K::Path, "", 0, 0, "", {}, kLinear, kNextRun,
       "Weights of an AutoencoderKL (.safetensors), such as Stable Diffusion's sd-vae-ft-ema. With a file no "
       "autoencoder is trained; empty trains one of our own."},
      {"latent.scale", "Latent scale", "Autoencoder", K::Number, "0", 0, 100, "", {}, kLinear, kNextRun,
       "One factor for all latents of an autoencoder from a file; Stable Diffusion's is 0.18215. 0 gives every "
       "coordinate mean 0 and spread 1 instead. Where our own autoencoder stands in, the factor is measured: "
       "1/spread."},
      {"latent.noise", "Latent noise", "Autoencoder", K::Number, "0.3", 0.01, 1, "", {}, kLinear, kNextRun,
       "The flow learns latents of each posterior's mean and this share of its standard deviation; 1 are samples of "
       "the posterior. Less noise leaves more of the training to the digits themselves. The decoder learns from "
       "the whole posterior."},
      {"autoencoder.net", "Network", "Autoencoder", K::Choice, "conv-24-48-48", 0, 0, "",
       {"conv-24-48-48", "conv-8-16-16", "conv-64-96-128"}, kLinear, kNextRun,
       "Widths of the three convolutions that squeeze 28×28 pixels into 4×4×4 latent numbers. Wider nets "
       "draw sharper strokes and take longer."},
      {"autoencoder.epochs", "Epochs", "Autoencoder", K::Number, "auto", 0.02, 1000, "epochs", {"auto"}, kLog, kNextRun,
       "How often the autoencoder sees all training digits, the decoder's part beside the flow included. 'auto' gives it "
       "a fifth of the digits that the flow sees, but at least half an epoch. The flow can never generate better than "
       "this decoder."},
      {"autoencoder.freeze", "Freeze encoder", "Autoencoder", K::Number, "auto", 0.02, 1000, "epochs", {"auto", "end"}, kLog,
       kNextRun,
       "Epochs after which the encoder is frozen. The flow then begins, and the decoder alone is trained beside it. "
       "'auto' waits until the encoder has seen a tenth of the digits that the flow will see, but at least half an "
       "epoch; 'end' trains all of the autoencoder first. On a graphics card it is always 'end'."},
      {"autoencoder.batch", "Batch", "Autoencoder", K::Integer, "64", 8, 4096, "digits", {}, kLog, kNextRun,
       "Digits per optimiser step of the autoencoder."},
      {"autoencoder.optimizer", "Optimiser", "Autoencoder", K::Choice, "muon", 0, 0, "", {"muon", "adamw"}, kLinear,
       kNextRun,
       "'muon' makes the update of every convolution orthogonal, so that all of its directions learn at the same "
       "speed, and leaves biases and the outer layers to AdamW; 'adamw' scales every number by itself."},
      {"autoencoder.muon_lr", "Muon rate", "Autoencoder", K::Number, "0.04", 1e-6, 1, "", {}, kLog, kNextRun,
       "Peak step size of Muon's orthogonal updates; it follows the same cycle as the learning rate."},
      {"autoencoder.lr", "Learning rate", "Autoencoder", K::Number, "0.004", 1e-6, 0.1, "", {}, kLog, kNextRun,
       "Peak step size of AdamW: it rises over the first tenth of the steps and falls to zero at the end "
       "(one cycle)."},
      {"autoencoder.beta", "KL weight β", "Autoencoder", K::Number, "0.025", 0, 10, "", {}, kLog, kNextRun,
       "Price of information in the latent. More β: smoother latents that a flow learns easily, but "
       "blurrier reconstructions."},
      {"autoencoder.beta_warmup", "KL warm-up", "Autoencoder", K::Integer, "200", 0, 100000, "steps", {}, kLinear, kNextRun,
       "Steps over which β grows from zero, so that the decoder first learns to use the latent at all."},
      {"autoencoder.clip", "Gradient clip", "Autoencoder", K::Number, "20", 0.01, 1e6, "", {}, kLog, kNextRun,
       "Longest gradient that is taken as it is; longer ones are shortened to this norm."},
  };
}

std::vector<SettingInfo> flow_net_settings() {
  return {
      {"flow.net", "Network", "Velocity network", K::Choice, "compact-dit", 0, 0, "", {"compact-dit", "dit"}, kLinear,
       kNextRun,
       "'compact-dit' is our own transformer, which knows the digits' labels. 'dit' is the diffusion "
       "transformer of the literature (adaLN-Zero), without labels: it cannot be asked for one digit."},
      {"flow.patch", "Patch", "Velocity network", K::Integer, "2", 1, 4, "", {}, kLinear, kNextRun,
       "Side of the square of latent pixels that makes one token: 2 gives 4 tokens, 1 gives 16 (slower, "
       "finer)."},
      {"flow.width", "Width", "Velocity network", K::Integer, "96", 16, 2048, "", {}, kLog, kNextRun,
       "Numbers per token. Cost grows with its square; on two cores a narrow net that takes more steps "
       "wins."},
      {"flow.blocks", "Blocks", "Velocity network", K::Integer, "4", 1, 48, "", {}, kLinear, kNextRun,
       "Transformer blocks, each attention followed by a small network on every token."},
      {"flow.heads", "Heads", "Velocity network", K::Integer, "4", 1, 32, "", {}, kLinear, kNextRun,
       "Attention heads; the width must be a multiple of them."},
      {"flow.mlp_ratio", "MLP ratio", "Velocity network", K::Number, "3", 1, 8, "×", {}, kLinear, kNextRun,
       "Hidden width of each block's token network, as a multiple of the width."},
      {"flow.precondition", "Gaussian start", "Velocity network", K::Switch, "on", 0, 0, "", {}, kLinear, kNextRun,
       "The compact net adds what it learns to the velocity that is right for a Gaussian cloud, and sees its "
       "input scaled to spread 1: it has to learn only what makes digits differ from a cloud."},
      {"flow.label_drop", "Label drop", "Velocity network", K::Number, "0.1", 0, 1, "", {}, kLinear, kNextRun,
       "Share of training digits whose label is hidden, so that the net also learns the unconditional "
       "velocity that guidance needs."},
  };
}

std::vector<SettingInfo> flow_training_settings() {
  return {
      {"flow.steps", "Steps", "Flow training", K::Integer, "1404", 1, 10000000, "steps", {}, kLog, kNextRun,
       "Optimiser steps of the flow. 234 steps of 256 digits are one pass over the training set."},
      {"epoch_images", "Digits an epoch", "Flow training", K::Integer, "0", 0, 10000000, "digits", {}, kLinear, kNextRun,
       "Shortens an epoch of the flow, for trying a long preset: an epoch ends after so many digits, the next "
       "one draws others. 0 takes the whole training set."},
      {"flow.batch", "Batch", "Flow training", K::Integer, "256", 8, 16384, "digits", {}, kLog, kNextRun,
       "Digits per flow step, each with its own noise and its own time t."},
      {"flow.optimizer", "Optimiser", "Flow training", K::Choice, "muon", 0, 0, "", {"muon", "adamw"}, kLinear,
       kNextRun,
       "'muon' makes the update of every matrix in the blocks orthogonal, so that all of its directions learn at the "
       "same speed: fewer steps to the same quality. 'adamw' scales every number by itself."},
      {"flow.muon_lr", "Muon rate", "Flow training", K::Number, "0.02", 1e-6, 1, "", {}, kLog, kNextRun,
       "Step size of Muon's orthogonal updates; it follows the same schedule as the learning rate."},
      {"flow.lr", "Learning rate", "Flow training", K::Number, "0.006", 1e-6, 0.1, "", {}, kLog, kNextRun,
       "Step size of AdamW after warm-up; with Muon, that of embeddings, modulation and outer layers. Too high and the "
       "loss jumps, too low and the digits stay clouds."},
      {"flow.warmup", "Warm-up", "Flow training", K::Integer, "20", 0, 100000, "steps", {}, kLinear, kNextRun,
       "Steps over which the rate rises from zero while the optimiser learns how large gradients are."},
      {"flow.decay", "Decay share", "Flow training", K::Number, "0.5", 0, 1, "", {}, kLinear, kNextRun,
       "Last share of the budget over which the rate falls linearly to zero; this is when digits turn "
       "crisp."},
      {"flow.weight_decay", "Weight decay", "Flow training", K::Number, "0.01", 0, 1, "", {}, kLog, kNextRun,
       "How strongly AdamW pulls weights towards zero, in units of the learning rate."},
      {"flow.beta2", "Adam β2", "Flow training", K::Number, "0.99", 0.5, 0.99999, "", {}, kLinear, kNextRun,
       "Memory of Adam's second moment: each step keeps this share of it. Short runs want a shorter memory than "
       "the usual 0.999."},
      {"flow.clip", "Gradient clip", "Flow training", K::Number, "1", 0, 1e6, "", {}, kLog, kNextRun,
       "Longest gradient that is taken as it is; longer ones are shortened to this norm. 0 does not clip."},
      {"flow.time", "Time law", "Flow training", K::Choice, "mixed", 0, 0, "",
       {"uniform", "stratified", "logit-normal", "mixed"}, kLinear, kNextRun,
       "How training times t are drawn. 'mixed' looks mostly at the middle, where a digit is decided, and "
       "at 10 % everywhere; 'stratified' spreads a batch evenly."},
      {"flow.coupling", "Coupling", "Flow training", K::Choice, "independent", 0, 0, "",
       {"independent", "transport", "transport-by-digit"}, kLinear, kNextRun,
       "Which noise a digit is paired with. 'transport' pairs each batch so that the ways are short, "
       "'transport-by-digit' does so within each class, which keeps the noise of a class fair. Processor only."},
      {"flow.sigma_min", "σ_min", "Flow training", K::Number, "0", 0, 0.5, "", {}, kLinear, kNextRun,
       "Noise left at t = 1: the path ends in a small cloud around each digit instead of on it. 0 in our "
       "presets."},
      {"flow.ema", "Average weights", "Flow training", K::Switch, "on", 0, 0, "", {}, kLinear, kNextRun,
       "Keeps a running average of the weights beside the trained ones and draws samples with it."},
      {"flow.ema_gamma", "EMA γ", "Flow training", K::Number, "14", 0, 200, "", {}, kLinear, kNextRun,
       "Averaging of weights over training: weight k keeps (1 − 1/k)^(γ+1). Larger γ looks back less far. "
       "Averaged weights draw cleaner digits."},
  };
}

std::vector<SettingInfo> view_settings() {
  const std::vector<std::string>& solvers = solver_ids();
  return {
      {"preview.solver", "Solver", "Preview", K::Choice, "midpoint", 0, 0, "", solvers, kLinear, kLive,
       "How the picture you scrub is integrated from noise to digit. Euler takes one velocity a step, "
       "midpoint two, rk4 four; dopri5 chooses its own steps."},
      {"preview.steps", "Steps", "Preview", K::Integer, "16", 1, 100, "steps", {}, kLinear, kLive,
       "ODE steps from t = 0 to t = 1; each is a tick of the slider and a picture of the film strip."},
      {"preview.digits", "Digits", "Preview", K::Integer, "40", 10, 40, "digits", {}, kLinear, kLive,
       "How many digits flow in the preview. Fewer are drawn faster, which a large network needs."},
      {"preview.guidance", "Guidance w", "Preview", K::Number, "1", 0, 8, "", {}, kLinear, kLive,
       "Exaggerates the label: v = v_null + w (v_digit − v_null). 1 is plain, more gives cleaner but less "
       "varied digits."},
      {"preview.digit", "Digit", "Preview", K::Integer, "-1", -1, 9, "", {}, kLinear, kLive,
       "Which digit the preview asks for; −1 cycles through all ten."},
      {"preview.seed", "Noise seed", "Preview", K::Integer, "7", 0, 2147483647, "", {}, kLinear, kLive,
       "The noise that the preview starts from. It stays the same while training, so you watch one noise "
       "learn."},
      {"preview.weights", "Weights", "Preview", K::Choice, "ema", 0, 0, "", {"ema", "raw"}, kLinear, kLive,
       "Averaged weights (ema) draw what the run will deliver; raw weights show what the optimiser holds "
       "right now."},
      {"preview.share", "Drawing share", "Preview", K::Number, "0.03", 0, 0.9, "", {}, kLinear, kLive,
       "Share of the worker's time for live previews and scores while training; the rest trains."},
      {"sampler.solver", "Solver", "Sampler", K::Choice, "euler", 0, 0, "", solvers, kLinear, kLive,
       "The solver behind saved samples and scores. After seconds or minutes of training eight Euler steps score "
       "better than more exact solvers with as many evaluations."},
      {"sampler.steps", "Steps", "Sampler", K::Integer, "8", 1, 1000, "steps", {}, kLinear, kLive,
       "ODE steps of saved samples and scores; Euler evaluates the network once a step, midpoint twice."},
      {"quality.live", "Live score", "Quality", K::Switch, "on", 0, 0, "", {}, kLinear, kLive,
       "Scores samples while training, inside the drawing share."},
      {"quality.interval", "Every", "Quality", K::Number, "15", 2, 3600, "s", {}, kLog, kLive,
       "Seconds of training between two live scores."},
      {"quality.count", "Samples", "Quality", K::Integer, "1000", 100, 10000, "digits", {}, kLog, kLive,
       "Samples of a live score. Few samples overstate FD%: the floor beside it says by how much."},
      {"quality.final", "Final samples", "Quality", K::Integer, "10000", 0, 10000, "digits", {}, kLinear, kLive,
       "Samples of the score at the end of a run; 0 takes none. A large network takes minutes to draw 10,000."},
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
