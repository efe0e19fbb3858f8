// Snapshots of a simulated experiment: every state of the window, with plausible numbers.
#pragma once

#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "fake_digits.h"
#include "fake_lab.h"
#include "fake_marks.h"
#include "fake_sweep.h"
#include "lab/tools.h"
#include "protocol/snapshot.h"

namespace lf {

/// The progress of a simulated run.
struct FakeProgress {
  int64_t autoencoder_step = 0, autoencoder_total = 1407;
  int64_t flow_step = 0, flow_total = 1404;
  int64_t seed = 7;
  int64_t steps = 16;  ///< of the solver
};

inline Series fake_curve(int64_t steps, int64_t stride, double start, double floor, double pace, double noise,
                         uint64_t seed, double seconds_each) {
  Series s;
  FakeRandom random{seed};
  for (int64_t i = 0; i < steps; i += stride) {
    const double x = static_cast<double>(i);
    s.step.push_back(static_cast<float>(i));
    s.value.push_back(static_cast<float>(floor + (start - floor) * std::exp(-x / pace) +
                                         0.3 * (start - floor) / (1 + x / pace) + noise * random.normal()));
    s.seconds.push_back(static_cast<float>(x * seconds_each));
  }
  return s;
}

inline std::shared_ptr<const LossBlock> fake_loss(const FakeProgress& p, const std::string& origin) {
  auto loss = std::make_shared<LossBlock>();
  loss->origin = origin;
  loss->autoencoder_train = fake_curve(p.autoencoder_step, 1, 300, 78, 90, 2.5, 1, 0.03);
  loss->autoencoder_test = fake_curve(p.autoencoder_step, 50, 300, 80, 92, 0.2, 2, 0.03);
  loss->flow_train = fake_curve(p.flow_step, 1, 2.0, 1.12, 150, 0.035, 3, 0.05);
  loss->flow_test = fake_curve(p.flow_step, 50, 2.0, 1.13, 155, 0.003, 4, 0.05);
  loss->flow_rate = fake_curve(p.flow_step, 10, 0.0015, 0.0001, 900, 0, 5, 0.05);
  loss->autoencoder_rate = fake_curve(p.autoencoder_step, 10, 0.003, 0.0001, 700, 0, 6, 0.03);
  for (int i = 0; i < 20 && p.flow_step > 0; ++i) {
    const float t = (static_cast<float>(i) + 0.5f) / 20;
    loss->by_time.push_back(0.75f + 0.6f * std::fabs(t - 0.35f) + 0.9f * t * t);
    loss->by_time_test.push_back(loss->by_time.back() * 1.01f);
  }
  return loss;
}

/// The centre of a class on the map.
inline void fake_class_center(int digit, float& x, float& y) {
  const float angle = 0.6283f * static_cast<float>(digit) * 3;
  x = 2.6f * std::cos(angle) * (digit % 3 == 0 ? 0.5f : 1);
  y = 1.9f * std::sin(angle) * (digit % 3 == 0 ? 0.5f : 1);
}

inline std::shared_ptr<const MapBlock> fake_map(uint64_t version) {
  auto map = std::make_shared<MapBlock>();
  map->axes = "class axes";
  map->version = version;
  FakeRandom random{11};
  for (int i = 0; i < 2000; ++i) {
    float x = 0, y = 0;
    fake_class_center(i % 10, x, y);
    map->points.push_back(x + 0.45f * random.normal());
    map->points.push_back(y + 0.45f * random.normal());
    map->labels.push_back(static_cast<uint8_t>(i % 10));
  }
  return map;
}

inline std::shared_ptr<const FlowBlock> fake_flow(const FakeProgress& p, uint64_t version) {
  auto flow = std::make_shared<FlowBlock>();
  flow->digits = 40;
  flow->particles = 300;
  flow->solver = "midpoint";
  flow->steps = p.steps;
  flow->nfe = 2 * p.steps;
  flow->seed = p.seed;
  flow->trained_step = p.flow_step;
  flow->untrained = p.flow_step == 0;
  flow->milliseconds = 130;
  flow->version = version;
  const size_t states = static_cast<size_t>(p.steps) + 1;
  const float bad = 0.85f * std::exp(-static_cast<float>(p.flow_step) / 260.0f);
  for (size_t s = 0; s < states; ++s) flow->t.push_back(static_cast<float>(s) / static_cast<float>(p.steps));
  for (int64_t i = 0; i < flow->particles; ++i) flow->labels.push_back(static_cast<uint8_t>(i % 10));
  flow->images = ImageSheet::black(states * 40);
  flow->endpoints = ImageSheet::black(states * 40);
  flow->judged.resize(states * 40);
  for (size_t i = 0; i < 40; ++i) {
    FakeRandom random{static_cast<uint64_t>(p.seed) * 1000 + i};
    const FakeField u(random), v(random);
    const int label = static_cast<int>(i % 10), rival = (label * 7 + 3) % 10;
    const Picture &digit = fake_digit(label, i / 10), &other = fake_digit(rival, i / 10 + 3);
    for (size_t s = 0; s < states; ++s) {
      const float t = flow->t[s], wrong = std::max(bad, std::pow(1 - t, 1.3f)),
                  guess = std::max(bad, 0.75f * std::pow(1 - t, 2.2f));
      fake_decode(digit, other, u, v, wrong, flow->images.image_data(s * 40 + i));
      fake_decode(digit, other, u, v, guess, flow->endpoints.image_data(s * 40 + i));
      flow->judged[s * 40 + i] = static_cast<uint8_t>(guess > 0.42f ? rival : label);
    }
  }
  for (size_t s = 0; s < states; ++s) {
    FakeRandom random{static_cast<uint64_t>(p.seed) + 5};
    for (int64_t i = 0; i < flow->particles; ++i) {
      float x = 0, y = 0;
      fake_class_center(static_cast<int>(i % 10), x, y);
      const float t = flow->t[s] * (1 - bad), swing = 0.7f * t * (1 - t) * random.normal();
      const float nx = random.normal(), ny = random.normal(), ox = 0.4f * random.normal(),
                  oy = 0.4f * random.normal();
      flow->points.push_back((1 - t) * nx + t * (x + ox) + swing);
      flow->points.push_back((1 - t) * ny + t * (y + oy) - swing);
    }
  }
  return flow;
}

inline std::shared_ptr<const ReconstructionBlock> fake_reconstruction(const FakeProgress& p,
                                                                      uint64_t version) {
  auto r = std::make_shared<ReconstructionBlock>();
  r->split = "test";
  r->order = "first";
  r->available = 10000;
  r->trained_step = p.autoencoder_step;
  r->version = version;
  const float wrong = 0.06f + 0.6f * std::exp(-static_cast<float>(p.autoencoder_step) / 150.0f);
  for (int i = 0; i < 60; ++i) {
    const int label = (i * 7 + 7) % 10;
    FakeRandom random{static_cast<uint64_t>(i) + 40};
    const FakeField u(random), v(random);
    std::vector<uint8_t> original(kDigitPixels), drawn(kDigitPixels);
    const Picture& digit = fake_digit(label, static_cast<size_t>(i) / 10 + 6);
    for (size_t k = 0; k < kDigitPixels; ++k) original[k] = static_cast<uint8_t>(255 * digit[k]);
    fake_decode(digit, digit, u, v, wrong, drawn.data());
    double error = 0;
    for (size_t k = 0; k < kDigitPixels; ++k)
      error += std::pow((drawn[k] - original[k]) / 255.0, 2) / kDigitPixels;
    r->index.push_back(i);
    r->labels.push_back(static_cast<uint8_t>(label));
    r->original.append(original.data(), 1);
    r->reconstruction.append(drawn.data(), 1);
    r->mse.push_back(static_cast<float>(error));
  }
  if (p.autoencoder_step > 0) r->psnr = 22.4 - 8 * wrong, r->psnr_count = 10000;
  return r;
}

/// An autoencoder in training: previews after steps 0, 60, 120 … of ten of the digits above.
inline std::shared_ptr<const GrowthBlock> fake_growth(const FakeProgress& p, uint64_t version) {
  auto growth = std::make_shared<GrowthBlock>();
  growth->digits = 10;
  growth->version = version;
  for (int64_t step = 0; step <= p.autoencoder_step; step += 60) {
    FakeProgress then = p;
    then.autoencoder_step = step;
    const auto r = fake_reconstruction(then, version);
    growth->step.push_back(step);
    growth->labels.assign(r->labels.begin(), r->labels.begin() + 10);
    growth->original = r->original.part(0, 10);
    growth->images.append(r->reconstruction, 0, 10);
  }
  return growth;
}

inline std::shared_ptr<const QualityBlock> fake_quality(const FakeProgress& p) {
  auto q = std::make_shared<QualityBlock>();
  q->judge = "classifier, 99.3 % of the test digits right";
  q->judge_available = true;
  q->judge_accuracy = 0.993;
  q->calibration_test = 0.15, q->calibration_noise05 = 1.4, q->calibration_noise10 = 5.2,
  q->calibration_blur = 9.6;
  for (int64_t step = 300; step <= p.flow_step; step += 200) {
    q->history.step.push_back(static_cast<float>(step));
    q->history.value.push_back(static_cast<float>(1.6 + 30 * std::exp(-static_cast<double>(step) / 240)));
    q->history.seconds.push_back(static_cast<float>(step) * 0.05f);
  }
  for (int i = 0; i < 64; ++i) q->latent_std.push_back(0.3f + 0.01f * static_cast<float>(i));
  q->active_units = 64;
  if (q->history.value.empty()) return q;
  Score& s = q->live;
  s.valid = true;
  s.fd = q->history.value.back(), s.fd_floor = 0.31, s.rfd = 0.66, s.accuracy = 0.93, s.psnr = 22.3,
  s.class_kl = 0.004, s.mean_ink = 0.13;
  s.count = 1000, s.step = p.flow_step, s.seconds = static_cast<double>(p.flow_step) * 0.05;
  s.grade = s.fd <= 1 ? "A" : s.fd <= 3 ? "B" : s.fd <= 6 ? "C" : s.fd <= 15 ? "D" : "E";
  for (size_t d = 0; d < 10; ++d) {
    s.digit_accuracy[d] = 0.9 + 0.009 * static_cast<double>(d);
    s.digit_share[d] = 0.1;
    s.confusion[d * 11] = 93;
    s.confusion[d * 10 + (d + 3) % 10] += 7;
  }
  if (p.flow_step >= p.flow_total) q->full = s, q->full.count = 10000, q->full.fd_floor = 0.03;
  return q;
}

inline std::shared_ptr<const RunsBlock> fake_runs() {
  auto runs = std::make_shared<RunsBlock>();
  runs->root = "runs";
  for (int i = 0; i < 4; ++i) {
    RunSummary r;
    r.name = "2026-01-0" + std::to_string(4 - i) + "-fast-s" + std::to_string(i);
    r.folder = "runs/" + r.name;
    r.preset = i == 2 ? "quality" : "fast";
    r.started = "2026-01-0" + std::to_string(4 - i) + " 10:15";
    r.state = i == 1 ? "crashed" : i == 3 ? "paused" : "done";
    r.resumable = i == 1 || i == 3;
    r.bytes = 40'000'000 + 1'000'000 * i, r.marks = 31, r.marks_bytes = 35'000'000, r.data = "MNIST";
    r.thumbnail = std::make_shared<ImageSheet>(ImageSheet::black(10));
    if (i == 3) r.label = {"lower learning rate", "a note", {"paper", "week 3"}, true};
    r.flow_steps = 1404, r.flow_total = 1404, r.seconds = 95 + i, r.fd = 1.6 + 0.3 * i, r.psnr = 22.3,
    r.loss = 1.19;
    runs->runs.push_back(r);
  }
  return runs;
}

inline std::shared_ptr<const RunBlock> fake_run(Phase phase, bool running, const FakeProgress& p) {
  auto run = std::make_shared<RunBlock>();
  run->phase = phase;
  run->running = running;
  run->from_shipped = phase == Phase::Idle;
  run->autoencoder_step = p.autoencoder_step, run->autoencoder_total = p.autoencoder_total;
  run->encoder_total = std::min<int64_t>(p.autoencoder_total, 422);
  run->flow_step = p.flow_step, run->flow_total = p.flow_total;
  run->step = phase == Phase::Autoencoder ? p.autoencoder_step : p.flow_step;
  run->step_total = phase == Phase::Autoencoder ? run->encoder_total : p.flow_total;
  run->seconds = static_cast<double>(p.autoencoder_step) * 0.03 + static_cast<double>(p.flow_step) * 0.05;
  const double total =
      static_cast<double>(p.autoencoder_total) * 0.03 + static_cast<double>(p.flow_total) * 0.05;
  run->progress = run->seconds / total;
  run->seconds_left = running ? total - run->seconds : -1;
  run->steps_per_second = phase == Phase::Autoencoder ? 33 : 20;
  run->digits_per_second = running ? 5120 : 0;
  run->draw_share = 0.12;
  run->device = "CPU · 2 threads";
  run->dataset = "MNIST";
  run->dataset_source = "data";
  run->train_count = 60000, run->test_count = 10000;
  run->model = run->from_shipped ? "bundled model" : "this run";
  run->run_folder = run->from_shipped ? "" : "runs/2026-01-05-fast-s1";
  run->preset = "fast";
  run->autoencoder_parameters = 82345, run->flow_parameters = 823456;
  run->loss = running ? (phase == Phase::Autoencoder ? 92.4 : 1.19) : 0;
  run->resumable = !running && (phase == Phase::Autoencoder || phase == Phase::Flow);
  run->can_train_longer = phase == Phase::Done;
  return run;
}

/// The names fake_snapshot knows.
inline const std::vector<std::string>& fake_states() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all{"loading",   "idle-shipped", "autoencoder",   "latents",     "growing",
                                 "polishing", "flow",         "paused",        "done",        "failed",
                                 "empty",     "lab-reflow",   "lab-searching", "lab-problem", "no-judge",
                                 "evaluated", "compared",     "diverged",      "sweeping"};
    for (const LabToolInfo& tool : lab_tools()) all.push_back("lab-" + tool.id);
    return all;
  }();
  return names;
}

/// The tool that is open in a state, "" where it is none or not simply a tool.
inline std::string fake_lab_tool(const std::string& state) {
  if (state == "lab-searching") return "nearest";
  for (const LabToolInfo& tool : lab_tools())
    if (state == "lab-" + tool.id) return tool.id;
  return "";
}

/// How far the answer has come: some tools are shown half-way.
inline double fake_lab_progress(const std::string& state) {
  static const std::map<std::string, double> half_way{
      {"lab-solvers", 0.6},    {"lab-straightness", 0.7}, {"lab-time-grid", 0.7}, {"lab-searching", 0.3},
      {"lab-likelihood", 0.6}, {"lab-loss-floor", 0.2},   {"lab-coupling", 0.4},  {"lab-field", 0.5}};
  const auto found = half_way.find(state);
  return found == half_way.end() ? 1 : found->second;
}

/// Fills everything that depends on progress.
inline void fill_fake(Snapshot& s, const FakeProgress& p, uint64_t version, const std::string& origin) {
  s.loss = fake_loss(p, origin);
  s.flow = fake_flow(p, version);
  s.map = fake_map(1);
  s.reconstruction = fake_reconstruction(p, version);
  s.quality = fake_quality(p);
}

inline std::shared_ptr<const LogBlock> fake_log() {
  auto log = std::make_shared<LogBlock>();
  log->lines = {
      {0.4, LogLevel::Info, "LibTorch loaded"},
      {0.9, LogLevel::Command, "train preset=fast"},
      {3.2, LogLevel::Warning, "the classifier was calibrated on another data set"},
      {4.1, LogLevel::Error, "cannot write runs/x: No space left on device; free some and press Resume"}};
  return log;
}

/// Another data set than the judge's: no scores.
inline std::shared_ptr<const QualityBlock> fake_no_judge() {
  auto q = std::make_shared<QualityBlock>();
  q->judge = "the classifier was trained on MNIST and does not fit this data set";
  return q;
}

/// A full evaluation with memorised samples, by an unconditional model.
inline std::shared_ptr<const QualityBlock> fake_full_quality(const FakeProgress& p) {
  auto q = std::make_shared<QualityBlock>(*fake_quality(p));
  q->full = q->live;
  q->full.count = 10000;
  q->full.memorisation = 0.08;
  q->full.accuracy = std::nan("");
  q->full.confusion.fill(0);
  q->full.digit_accuracy.fill(std::nan(""));
  q->live.valid = false;
  return q;
}

/// Two runs with their curves, one of them being shown.
inline std::shared_ptr<const RunsBlock> fake_compared_runs() {
  auto runs = std::make_shared<RunsBlock>(*fake_runs());
  runs->runs[0].current = true;
  for (size_t i = 0; i < 2; ++i) {
    const double pace = 120 + 60 * static_cast<double>(i);
    runs->compared.push_back({runs->runs[i].folder, runs->runs[i].name,
                              fake_curve(1407, 1, 300, 78, 90, 2.5, 1 + i, 0.03),
                              fake_curve(1404, 1, 2.0, 1.12, pace, 0.035, 3 + i, 0.05),
                              fake_curve(1404, 50, 2.0, 1.13, pace, 0.003, 5 + i, 0.05), Series{}});
  }
  return runs;
}

/// The same two runs on one noise, and a third that cannot be read.
inline std::shared_ptr<const CompareBlock> fake_comparison(const RunsBlock& runs, const FlowBlock& flow) {
  auto block = std::make_shared<CompareBlock>();
  block->noise = "70911bdf34cd";
  block->samples = 500;
  block->evaluations = 4;
  block->shares_axes = block->comparable_losses = true;
  for (size_t i = 0; i < 3; ++i) {
    ComparedModel model;
    model.path = runs.runs[i].folder;
    model.name = runs.runs[i].name;
    if (i == 2) {
      model.problem = "cannot read 'model.safetensors': there is no such file";
    } else {
      auto own = std::make_shared<FlowBlock>(flow);
      own->version = 1000 + i;
      if (i == 1)
        std::rotate(own->images.bytes.begin(), own->images.bytes.begin() + 784, own->images.bytes.end());
      model.flow = own;
      model.flow_steps = 1404;
      model.fd = {4.1 + double(i), 3.9, 4.0};
      model.accuracy = {0.91, 0.92, 0.93};
      model.digit_accuracy.fill(0.9 - 0.1 * double(i));
    }
    block->models.push_back(model);
  }
  block->settings.push_back({"flow.lr", "Learning rate", {"0.006", "0.002", ""}, {1, 0, 0}});
  WeightsDifference weights;
  weights.layers = {{"autoencoder", "encoder.conv1.weight", 216, 0, 1},
                    {"velocity network", "labels", 1056, 0.25, 0.97}};
  block->weights = {weights, WeightsDifference{}};
  block->divergence = {"The same weights up to flow step 50, different at flow step 100", ""};
  return block;
}

/// A folder with one thing of each kind.
inline std::shared_ptr<const BrowseBlock> fake_folder() {
  auto browse = std::make_shared<BrowseBlock>();
  browse->path = "home/models";
  browse->parent = "home";
  browse->entries = {{"mnist", true, 0, "data"},
                     {"older", true, 0, ""},
                     {"2026-01-04-fast-s0", true, 0, "run"},
                     {"model.safetensors", false, 4412345, "model"},
                     {"seven.png", false, 812, "picture"},
                     {"notes.txt", false, 40, ""}};
  return browse;
}

/// Its flow diverged and it is at its last good state; the learning rates had been lowered before.
inline void make_diverged(Snapshot& s) {
  auto run = std::make_shared<RunBlock>(*s.run);
  run->rate_factor = 0.5;
  s.run = run;
  auto loss = std::make_shared<LossBlock>(*s.loss);
  for (int i = 1; i <= 60; ++i) {
    loss->flow_lost.step.push_back(240.0f + static_cast<float>(i));
    loss->flow_lost.value.push_back(1.3f * std::exp(0.08f * static_cast<float>(i)));
    loss->flow_lost.seconds.push_back(12.0f + 0.05f * static_cast<float>(i));
  }
  s.loss = loss;
  auto notice = std::make_shared<NoticeBlock>();
  notice->errors = 1;
  notice->offers_lower_rate = true;
  notice->error =
      "flow step 301: the loss is not a number; the run is back at flow step 240, its last good state.";
  s.notice = notice;
}

/// A snapshot of one of fake_states().
inline Snapshot fake_snapshot(const std::string& state) {
  Snapshot s;
  s.number = 1;
  FakeProgress p;
  const FakeProgress full{1407, 1407, 1404, 1404, 7, 16};
  if (state == "loading") {
    auto run = std::make_shared<RunBlock>();
    run->message = "loading LibTorch";
    s.run = run;
    return s;
  }
  if (state == "empty") {
    s.run = fake_run(Phase::Idle, false, p);
    return s;
  }
  s.runs = fake_runs();
  s.log = fake_log();
  Phase phase = Phase::Flow;
  bool running = true;
  if (state == "idle-shipped") p = full, phase = Phase::Idle, running = false;
  if (state == "evaluated") p = full, phase = Phase::Done, running = false;
  if (state == "autoencoder" || state == "growing") p.autoencoder_step = 420, phase = Phase::Autoencoder;
  if (state == "polishing") p.autoencoder_step = 700, p.flow_step = 390;
  if (state == "latents") p.autoencoder_step = 1407, phase = Phase::Latents;
  if (state == "flow" || state == "paused" || state == "no-judge" || state == "compared" ||
      state == "sweeping" || state.rfind("lab-", 0) == 0)
    p.autoencoder_step = 1407, p.flow_step = 857;
  if (state == "diverged") p.autoencoder_step = 1407, p.flow_step = 240;
  if (state == "paused" || state == "diverged" || state == "sweeping") running = false;
  if (state == "done") p = full, phase = Phase::Done, running = false;
  if (state == "failed") p.autoencoder_step = 200, phase = Phase::Failed, running = false;
  s.run = fake_run(phase, running, p);
  fill_fake(s, p, 1, state == "idle-shipped" ? "from the bundled run" : "");
  if (state == "done" || state == "paused") s.marks = fake_marks(p.flow_step, state == "paused" ? 12 : -1);
  if (state == "failed") {
    auto notice = std::make_shared<NoticeBlock>();
    notice->errors = 1;
    notice->error =
        "cannot write runs/x/checkpoint.safetensors: No space left on device; free some and press Resume";
    s.notice = notice;
  }
  if (state == "diverged") make_diverged(s);
  if (state == "growing") {
    auto map = std::make_shared<MapBlock>(*s.map);
    map->trained_step = 420;
    s.map = map;
    s.flow = std::make_shared<FlowBlock>();
    s.growth = fake_growth(p, 1);
  }
  if (!fake_lab_tool(state).empty())
    s.lab = fake_lab(*s.flow, fake_lab_tool(state), fake_lab_progress(state));
  if (state == "lab-reflow") {
    auto lab = std::make_shared<LabBlock>(*fake_lab(*s.flow, "coupling", 1, true));
    lab->arguments = lab_arguments(lab_tool("coupling"), {{"show", "reflow"}});
    s.lab = lab;
    auto run = std::make_shared<RunBlock>(*s.run);
    run->can_undo_reset = run->undo_ends_reflow = run->knows_before = true;
    run->reflows = 1;
    s.run = run;
  }
  if (state == "lab-problem") {
    auto lab = std::make_shared<LabBlock>(*fake_lab(*s.flow, "ghost", 0));
    lab->problem = "the endpoint estimate needs a classifier, and none was trained on these digits";
    s.lab = lab;
  }
  if (state == "no-judge") s.quality = fake_no_judge();
  if (state == "compared") {
    s.runs = fake_compared_runs();
    s.browse = fake_folder();
    s.compare = fake_comparison(*s.runs, *s.flow);
  }
  if (state == "evaluated") s.quality = fake_full_quality(p);
  if (state == "sweeping") s.sweep = fake_sweep(2, 7, true);
  if (state == "done") {
    auto job = std::make_shared<JobBlock>();
    job->active = true, job->name = "evaluating 10,000 samples", job->progress = 0.4, job->seconds_left = 6;
    s.job = job;
  }
  return s;
}

}  // namespace lf
