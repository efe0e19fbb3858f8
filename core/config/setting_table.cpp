// Every setting, once: a list for each struct of setting_values.h, in the form of protocol/command_fields.h.
//
// A new setting needs its member with the default there, and its line here.
#include "base/classes.h"
#include "config/setting_rows.h"
#include "config/settings.h"
#include "config/solver_table.h"

namespace lf {
namespace {

/// The list of a group's settings: a template `list(fields)`, which calls one function of `fields` for each:
///   heading (name)                                                of the settings that follow
///   integer, number (key, member, label, least, most, unit, scale, when, meaning)      ends included
///   number_or (key, member, label, words, least, most, unit, scale, when, meaning)     or one of these words
///   flag (key, member, label, when, meaning)                      on or off
///   choice (key, member, label, known names, when, meaning)
///   path (key, member, label, when, meaning)                      of a file, as people write it; "" for none
template <class Group>
struct SettingFields;

// clang-format off
template <>
struct SettingFields<GeneralSettings> {
  using G = GeneralSettings;
  template <class Fields>
  static void list(Fields& f) {
    f.heading("Run");
    f.integer("seed", &G::seed, "Seed", 0, 2147483647, "", kLinear, kNextRun,
       "Seed of all random numbers of a run. The same seed, build and thread count give the same bytes.");
    f.choice("device", &G::device, "Device", {"auto", "cpu", "cuda"}, kNextRun,
       "Where the tensors are stored and computed. 'auto' uses the graphics card if there is one, "
       "otherwise the processor.");
    f.choice("arithmetic", &G::arithmetic, "Arithmetic", {"auto", "float32", "bfloat16"}, kNextRun,
       "Number format of the matrix products in training and sampling. 'bfloat16' rounds the operands to 8 "
       "significant bits; sums, weights, norms, losses and optimiser stay float32. It is several times "
       "faster with AMX, or with AVX512_BF16 on AMD; 'auto' checks for these.");
    f.integer("threads", &G::threads, "Threads", 0, 256, "", kLinear, kNextRun,
       "Processor threads of one training step; 0 uses every core that this process may use. Another "
       "number of threads changes the order of sums and therefore the last digits.");
    f.number("autosave", &G::autosave, "Autosave", 0.2, 3600, "s", kLog, kLive,
       "Seconds of training between two saves of the run. A crash or power cut loses at most this much. "
       "Large models are saved less often, so that saving takes at most 2 % of the time.");
    f.integer("marks", &G::marks, "Marks", 0, 200, "", kLinear, kNextRun,
       "Steps of the flow whose weights are kept for looking back at them, denser where samples change "
       "fastest. They are rounded to bfloat16: 1.1 MB each for Fast. 0 keeps none.");
  }
};

template <>
struct SettingFields<AutoencoderSettings> {
  using G = AutoencoderSettings;
  template <class Fields>
  static void list(Fields& f) {
    f.heading("Autoencoder");
    f.path("autoencoder", &G::file, "From file", kNextRun,
       "Weight file of an AutoencoderKL (.safetensors), such as Stable Diffusion's sd-vae-ft-ema. With a "
       "file, no autoencoder is trained. Empty: the program trains its own.");
    f.number("latent.scale", &G::latent_scale, "Latent scale", 0, 100, "", kLinear, kNextRun,
       "Scale factor of all latents of an autoencoder from a file; Stable Diffusion's is 0.18215. 0 "
       "standardises every coordinate to mean 0 and standard deviation 1. If the program's own "
       "autoencoder is used instead, the factor is measured: 1 / standard deviation.");
    f.number("latent.noise", &G::latent_noise, "Latent noise", 0.01, 1, "", kLinear, kNextRun,
       "Share of the posterior's standard deviation in the latents that the flow learns; 1 samples the "
       "posterior. Less noise gives sharper latents. The decoder always learns from the whole posterior.");
    f.choice("autoencoder.net", &G::net, "Network", {"conv-24-48-48", "conv-8-16-16", "conv-64-96-128"}, kNextRun,
       "Channels of the three convolutions that compress each 28×28 image to a 4×4×4 latent. Wider "
       "networks give sharper strokes and train more slowly.");
    f.number_or("autoencoder.epochs", &G::epochs, "Epochs", {NumberWord::Auto}, 0.02, 1000, "epochs", kLog, kNextRun,
       "Passes of the autoencoder over the training digits, including the decoder's steps beside the flow. "
       "'auto' uses a fifth of the flow's digits, but at least half an epoch. The decoder limits the "
       "quality of all samples.");
    f.number_or("autoencoder.freeze", &G::freeze, "Freeze encoder", {NumberWord::Auto, NumberWord::End}, 0.02, 1000, "epochs", kLog, kNextRun,
       "Epochs after which the encoder is frozen; then the flow starts, and only the decoder is trained "
       "beside it. 'auto' freezes it after a tenth of the flow's digits, but at least half an epoch. "
       "'end' trains the whole autoencoder first, as graphics cards always do.");
    f.integer("autoencoder.batch", &G::batch, "Batch", 8, 4096, "digits", kLog, kNextRun,
       "Digits per optimiser step of the autoencoder.");
    f.choice("autoencoder.optimizer", &G::optimizer, "Optimiser", {"muon", "adamw"}, kNextRun,
       "Optimiser of the autoencoder. 'muon' orthogonalises the update of every convolution, so that all "
       "directions learn equally fast; biases and outer layers use AdamW. 'adamw' scales every weight "
       "separately.");
    f.number("autoencoder.muon_lr", &G::muon_lr, "Muon learning rate", 1e-6, 1, "", kLog, kNextRun,
       "Peak learning rate of Muon's orthogonal updates. It follows the same one-cycle schedule as AdamW's.");
    f.number("autoencoder.lr", &G::lr, "Learning rate", 1e-6, 0.1, "", kLog, kNextRun,
       "Peak learning rate of AdamW. It rises over the first tenth of the steps and falls to zero at the "
       "end (one cycle).");
    f.number("autoencoder.beta", &G::beta, "KL weight β", 0, 10, "", kLog, kNextRun,
       "Weight of the KL term in the loss. A larger β gives smoother latents that a flow learns easily, "
       "but blurrier reconstructions.");
    f.integer("autoencoder.beta_warmup", &G::beta_warmup, "KL warm-up", 0, 100000, "steps", kLinear, kNextRun,
       "Steps over which β rises from zero, so that the decoder first learns to use the latent.");
    f.number("autoencoder.clip", &G::clip, "Gradient clip", 0.01, 1e6, "", kLog, kNextRun,
       "Gradients with a larger norm are scaled down to this value.");
  }
};

template <>
struct SettingFields<FlowSettings> {
  using G = FlowSettings;
  template <class Fields>
  static void list(Fields& f) {
    network(f);
    training(f);
  }

  template <class Fields>
  static void network(Fields& f) {
    f.heading("Velocity network");
    f.choice("flow.net", &G::net, "Network", {"compact-dit", "dit"}, kNextRun,
       "Network that predicts the velocity. 'compact-dit' is a small class-conditional transformer. 'dit' "
       "is the diffusion transformer DiT (adaLN-Zero), here unconditional: it cannot generate a chosen "
       "digit.");
    f.integer("flow.patch", &G::patch, "Patch", 1, 4, "", kLinear, kNextRun,
       "Side of the square of latent pixels that forms one token. 2 gives 4 tokens; 1 gives 16, which is "
       "finer and slower.");
    f.integer("flow.width", &G::width, "Width", 16, 2048, "", kLog, kNextRun,
       "Features per token. Cost grows with the square of the width. On two cores, a narrow network with "
       "more steps gives better samples.");
    f.integer("flow.blocks", &G::blocks, "Blocks", 1, 48, "", kLinear, kNextRun,
       "Transformer blocks. Each has attention followed by an MLP on every token.");
    f.integer("flow.heads", &G::heads, "Heads", 1, 32, "", kLinear, kNextRun,
       "Attention heads of each block. The width must be a multiple of this number.");
    f.number("flow.mlp_ratio", &G::mlp_ratio, "MLP ratio", 1, 8, "×", kLinear, kNextRun,
       "Hidden width of each block's MLP, as a multiple of the width.");
    f.flag("flow.precondition", &G::precondition, "Gaussian start", kNextRun,
       "Adds the output of the compact network to the exact velocity of a Gaussian distribution. The input "
       "is scaled to standard deviation 1. The network then learns only how digits differ from a Gaussian.");
    f.number("flow.label_drop", &G::label_drop, "Label drop", 0, 1, "", kLinear, kNextRun,
       "Share of training digits whose label is hidden. The network learns the unconditional velocity from "
       "these digits; guidance needs it.");
  }

  template <class Fields>
  static void training(Fields& f) {
    f.heading("Flow training");
    f.integer("flow.steps", &G::steps, "Steps", 1, 10000000, "steps", kLog, kNextRun,
       "Optimiser steps of the flow. 234 steps of 256 digits are one pass over the training set.");
    f.integer("epoch_images", &G::epoch_images, "Digits per epoch", 0, 10000000, "digits", kLinear, kNextRun,
       "Ends an epoch of the flow after this many digits, to try a long preset quickly. The next epoch "
       "uses other digits. 0 uses the whole training set.");
    f.integer("flow.batch", &G::batch, "Batch", 8, 16384, "digits", kLog, kNextRun,
       "Digits per optimiser step of the flow, each with its own noise and its own time t.");
    f.choice("flow.optimizer", &G::optimizer, "Optimiser", {"muon", "adamw"}, kNextRun,
       "Optimiser of the flow. 'muon' orthogonalises the update of every matrix in the blocks and needs "
       "fewer steps for the same quality. 'adamw' scales every weight separately.");
    f.number("flow.muon_lr", &G::muon_lr, "Muon learning rate", 1e-6, 1, "", kLog, kNextRun,
       "Learning rate of Muon's orthogonal updates. It follows the same schedule as AdamW's.");
    f.number("flow.lr", &G::lr, "Learning rate", 1e-6, 0.1, "", kLog, kNextRun,
       "Learning rate of AdamW after warm-up; with Muon, that of embeddings, modulation and outer layers. "
       "Too high: the loss jumps. Too low: samples stay blurred.");
    f.integer("flow.warmup", &G::warmup, "Warm-up", 0, 100000, "steps", kLinear, kNextRun,
       "Steps over which the learning rate rises from zero, while the optimiser estimates the scale of "
       "the gradients.");
    f.number("flow.decay", &G::decay, "Decay share", 0, 1, "", kLinear, kNextRun,
       "Last share of the steps, over which the learning rate falls linearly to zero. Samples become "
       "sharp in this part.");
    f.number("flow.weight_decay", &G::weight_decay, "Weight decay", 0, 1, "", kLog, kNextRun,
       "Share by which AdamW shrinks the weights in each step, in units of the learning rate.");
    f.number("flow.beta2", &G::beta2, "Adam β2", 0.5, 0.99999, "", kLinear, kNextRun,
       "Decay of Adam's second moment: the share that each step keeps. Short runs need a lower value than "
       "the usual 0.999.");
    f.number("flow.clip", &G::clip, "Gradient clip", 0, 1e6, "", kLog, kNextRun,
       "Gradients with a larger norm are scaled down to this value. 0 does not clip.");
    f.choice("flow.time", &G::time, "Time law", {"uniform", "stratified", "logit-normal", "mixed"}, kNextRun,
       "Distribution of the training times t. 'mixed' samples mostly the middle, where the class is "
       "decided, and 10 % uniformly. 'stratified' spreads each batch evenly.");
    f.choice("flow.coupling", &G::coupling, "Coupling", {"independent", "transport", "transport-by-digit"}, kNextRun,
       "How noise and digits are paired. 'transport' is minibatch optimal transport: the pairs of a batch "
       "have the smallest total distance. 'transport-by-digit' does this within each class, so that noise "
       "stays independent of the class; both run on the processor only.");
    f.number("flow.sigma_min", &G::sigma_min, "σ_min", 0, 0.5, "", kLinear, kNextRun,
       "Noise that remains at t = 1: each path ends in a small Gaussian around its digit. The presets use "
       "0.");
    f.flag("flow.ema", &G::ema, "Average weights", kNextRun,
       "Keeps a running average (EMA) of the weights and uses it for samples.");
    f.number("flow.ema_gamma", &G::ema_gamma, "EMA γ", 0, 200, "", kLinear, kNextRun,
       "Exponent of the weight average: step k keeps (1 − 1/k)^(γ+1). A larger γ averages over fewer "
       "recent steps. Averaged weights give cleaner samples.");
  }
};

template <>
struct SettingFields<PreviewSettings> {
  using G = PreviewSettings;
  template <class Fields>
  static void list(Fields& f) {
    f.heading("Preview");
    f.choice("preview.solver", &G::solver, "Solver", solver_ids(), kLive,
       "Solver of the preview's trajectories from noise to digit. Euler needs one function evaluation per "
       "step, midpoint two, rk4 four; dopri5 chooses its own steps.");
    f.integer("preview.steps", &G::steps, "Steps", 1, 100, "steps", kLinear, kLive,
       "Solver steps from t = 0 to t = 1. Each is a tick of the slider and an image of the film strip.");
    f.integer("preview.digits", &G::digits, "Digits", 10, 40, "digits", kLinear, kLive,
       "Number of digits in the preview. Fewer are generated faster, which large networks need.");
    f.number("preview.guidance", &G::guidance, "Guidance w", 0, 8, "", kLinear, kLive,
       "Guidance weight w: v = v∅ + w (v_c − v∅). 0 is unconditional, 1 conditional. Above 1, digits get "
       "clearer but less varied.");
    f.integer("preview.digit", &G::digit, "Digit", -1, kClasses - 1, "", kLinear, kLive,
       "Class label of the preview. −1 uses all ten in turn.");
    f.integer("preview.seed", &G::seed, "Noise seed", 0, 2147483647, "", kLinear, kLive,
       "Seed of the preview's noise. It stays fixed during training, so you see the same noise become "
       "better digits.");
    f.choice("preview.weights", &G::weights, "Weights", {"ema", "raw"}, kLive,
       "Averaged weights (ema) are those of the finished model. Raw weights are the optimiser's current "
       "ones.");
    f.number("preview.share", &G::share, "Preview share", 0, 0.9, "", kLinear, kLive,
       "Share of the worker's time for live previews and scores during training. The rest goes to training.");
  }
};

template <>
struct SettingFields<SamplerSettings> {
  using G = SamplerSettings;
  template <class Fields>
  static void list(Fields& f) {
    f.heading("Sampler");
    f.choice("sampler.solver", &G::solver, "Solver", solver_ids(), kLive,
       "Solver of saved samples and scores. After short training, eight Euler steps score better than "
       "higher-order solvers with the same function evaluations.");
    f.integer("sampler.steps", &G::steps, "Steps", 1, 1000, "steps", kLinear, kLive,
       "Solver steps of saved samples and scores. Euler needs one function evaluation per step, midpoint "
       "two.");
  }
};

template <>
struct SettingFields<QualitySettings> {
  using G = QualitySettings;
  template <class Fields>
  static void list(Fields& f) {
    f.heading("Quality");
    f.flag("quality.live", &G::live, "Live score", kLive,
       "Scores samples during training, within the time set by the preview share.");
    f.number("quality.interval", &G::interval, "Every", 2, 3600, "s", kLog, kLive,
       "Seconds of training between two live scores.");
    f.integer("quality.count", &G::count, "Samples", 100, 10000, "digits", kLog, kLive,
       "Samples of a live score. Few samples give an FD% that is too high; the noise floor shows by how "
       "much.");
    f.integer("quality.final", &G::final, "Final samples", 0, 10000, "digits", kLinear, kLive,
       "Samples of the score at the end of a run; 0 skips it. A large network needs minutes to generate "
       "10,000.");
  }
};

// clang-format on

template <class Group>
void append(std::vector<SettingInfo>& table, Group SettingValues::*group) {
  SettingRows<Group> rows(table, group);
  SettingFields<Group>::list(rows);
}

std::vector<SettingInfo> build_table() {
  std::vector<SettingInfo> table;
  append(table, &SettingValues::general);
  append(table, &SettingValues::autoencoder);
  append(table, &SettingValues::flow);
  append(table, &SettingValues::preview);
  append(table, &SettingValues::sampler);
  append(table, &SettingValues::quality);
  return table;
}

}  // namespace

const std::vector<SettingInfo>& setting_table() {
  static const std::vector<SettingInfo> table = build_table();
  return table;
}

}  // namespace lf
