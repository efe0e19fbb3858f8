// A simulated sweep: some runs finished, one stopped, one training, the others waiting.
#pragma once

#include <algorithm>
#include <memory>

#include "fake_digits.h"
#include "protocol/sweep.h"

namespace lf {

/// One to four settings are compared, with two seeds.
inline SweepPlan fake_sweep_plan(size_t axes) {
  const std::vector<SweepAxis> all{{"flow.lr", {"0.003", "0.006"}},
                                   {"autoencoder.beta", {"0.0125", "0.025", "0.05"}},
                                   {"flow.optimizer", {"muon", "adamw"}},
                                   {"flow.width", {"64", "96"}}};
  SweepPlan plan;
  plan.name = "learning rate";
  plan.axes.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(axes, all.size())));
  plan.seeds = {1, 2};
  plan.budget.steps = 300;
  return plan;
}

inline std::shared_ptr<const ImageSheet> fake_sweep_digits(size_t variant) {
  ImageSheet sheet = ImageSheet::black(10);
  for (size_t i = 0; i < 10; ++i) {
    const Picture& digit = fake_digit(static_cast<int>(i), variant);
    for (size_t k = 0; k < digit.size(); ++k) sheet.image_data(i)[k] = static_cast<uint8_t>(255 * digit[k]);
  }
  return std::make_shared<const ImageSheet>(sheet);
}

/// `ended` runs have a score; the second one of them was stopped.
inline std::shared_ptr<const SweepBlock> fake_sweep(size_t axes, size_t ended, bool active) {
  auto sweep = std::make_shared<SweepBlock>();
  sweep->folder = "runs/20260101-120000-sweep-learning-rate";
  sweep->plan = fake_sweep_plan(axes);
  sweep->active = active;
  for (const int64_t seed : sweep->plan.seeds) {
    for (const auto& point : sweep_points(sweep->plan)) {
      SweepRun run;
      const size_t index = sweep->runs.size();
      run.point = point;
      run.seed = seed;
      run.name = sweep_run_name(sweep->plan, point, seed, index, sweep_run_count(sweep->plan));
      run.flow_total = 300;
      sweep->samples.push_back(nullptr);
      if (index < ended) {
        run.state = index == 1 ? SweepState::Stopped : SweepState::Done;
        run.flow_steps = index == 1 ? 75 : 300;
        run.checks = {40.0 + static_cast<double>(index)};
        run.seconds = 31;
        if (index != 1) {
          run.fd = 9 - 0.4 * static_cast<double>(index * 7 % 10);
          run.accuracy = 0.9;
          run.psnr = 21.5;
          run.loss = 1.2;
        }
        sweep->samples.back() = fake_sweep_digits(index);
      }
      if (index == ended && active) run.state = SweepState::Running, run.flow_steps = 120;
      sweep->runs.push_back(run);
    }
  }
  sweep->summaries = summarise_sweep(sweep->runs);
  sweep->estimate = {33, 200, 4e8, 1e11};
  sweep->version = 1;
  return sweep;
}

}  // namespace lf
