// What the lab's tools would publish, made of the fake preview.
#pragma once

#include <cmath>

#include "fake_lab_coupling.h"
#include "fake_lab_field.h"
#include "fake_lab_guidance.h"
#include "fake_lab_loss_floor.h"
#include "fake_lab_nearest.h"
#include "fake_lab_space.h"
#include "fake_lab_straightness.h"
#include "fake_lab_time_grid.h"
#include "lab/ghost/result.h"
#include "lab/solvers/result.h"
#include "lab/tools.h"
#include "protocol/snapshot.h"

namespace lf {

inline std::shared_ptr<const LabGhost> fake_ghost(const FlowBlock& flow) {
  auto g = std::make_shared<LabGhost>();
  g->digits = flow.digits;
  g->t = flow.t;
  g->labels.assign(flow.labels.begin(), flow.labels.begin() + flow.digits);
  g->states = flow.images;
  g->guesses = flow.endpoints;
  g->seen = flow.judged;
  const auto n = static_cast<size_t>(flow.digits);
  for (size_t s = 0; s < flow.t.size(); ++s) {
    for (size_t d = 0; d < n; ++d) {
      for (int k = 0; k < 10; ++k)
        g->probability.push_back(k == g->seen[s * n + d] ? 0.1f + 0.9f * flow.t[s] : 0.1f * (1 - flow.t[s]));
      g->entropy.push_back(3.3f * (1 - flow.t[s]));
    }
    g->mean_entropy.push_back(3.3f * (1 - flow.t[s]));
  }
  for (size_t d = 0; d < n; ++d) g->decided.push_back(flow.t[d % flow.t.size()]);
  g->switches = 55;
  return g;
}

inline std::shared_ptr<const LabSolvers> fake_solvers(const FlowBlock& flow) {
  auto found = std::make_shared<LabSolvers>();
  found->digits = 40, found->shown = 10, found->reference = "rk4, 50 steps", found->reference_nfe = 200;
  const uint8_t* last = flow.images.data() + (flow.t.size() - 1) * static_cast<size_t>(flow.digits) * 784;
  found->true_pictures.assign(last, last + 10 * 784);
  const auto add = [&](const char* solver, int order, int64_t nfe, bool adaptive) {
    const double error = 0.8 / std::pow(static_cast<double>(nfe), order);
    found->points.push_back(
        {solver, order, adaptive, nfe, adaptive ? 1e-3 : 0.0, error, 0.2 * error, nfe, 1});
    found->pictures.insert(found->pictures.end(), last, last + 10 * 784);
  };
  for (const int64_t nfe : {1, 2, 4, 8, 16, 32, 64}) {
    add("euler", 1, nfe, false);
    if (nfe >= 2) add("midpoint", 2, nfe, false);
    if (nfe >= 4) add("rk4", 4, nfe, false);
  }
  add("dopri5", 5, 25, true);
  found->attempts = {{0, 1, 40, false},
                     {0, 0.25f, 3, false},
                     {0, 0.1f, 0.5f, true},
                     {0.1f, 0.6f, 0.8f, true},
                     {0.6f, 1, 0.2f, true}};
  found->attempts_tolerance = 1e-3;
  return found;
}

/// A tool that is open, half-way or done.
inline std::shared_ptr<const LabBlock> fake_lab(const FlowBlock& flow, const std::string& tool,
                                                double progress) {
  auto lab = std::make_shared<LabBlock>();
  lab->tool = tool;
  lab->arguments = lab_arguments(lab_tool(tool), {});
  lab->progress = progress;
  lab->complete = progress >= 1;
  lab->trained_step = flow.trained_step;
  lab->version = 1;
  if (tool == "ghost" && lab->complete) lab->ghost = fake_ghost(flow);
  if (tool == "solvers" && progress > 0) lab->solvers = fake_solvers(flow);
  if (tool == "drawing") lab->drawing = fake_drawing();
  if (tool == "map") lab->map = fake_map();
  if (tool == "interpolation") lab->interpolation = fake_interpolation();
  if (tool == "straightness" && progress > 0) lab->straightness = fake_straightness(flow);
  if (tool == "time-grid" && progress > 0) lab->time_grid = fake_time_grid(flow);
  if (tool == "nearest" && progress > 0) lab->nearest = fake_nearest(flow, lab->complete);
  if (tool == "likelihood" && progress > 0) lab->likelihood = fake_likelihood(flow);
  if (tool == "loss-floor" && progress > 0) lab->loss_floor = fake_loss_floor();
  if (tool == "coupling" && progress > 0) lab->coupling = fake_coupling(flow, false);
  if (tool == "field" && progress > 0) lab->field = fake_field();
  if (tool == "guidance" && progress > 0) lab->guidance_grid = fake_guidance();
  return lab;
}

}  // namespace lf
