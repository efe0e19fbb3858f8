// What the open tool of the lab publishes. Each tool has a part of its own, in a header of its own, which
// only those include who fill it or draw it; it grows while the worker computes, and stays when it is done.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "lab/arguments.h"

namespace lf {

struct LabGhost;          // lab_ghost.h
struct LabSolvers;        // lab_solvers.h
struct LabTimeGrid;       // lab_time_grid.h
struct LabField;          // lab_field.h
struct LabStraightness;   // lab_straightness.h
struct LabGuidance;       // lab_guidance.h
struct LabCoupling;       // lab_coupling.h
struct LabLossFloor;      // lab_loss_floor.h
struct LabStep;           // lab_step.h
struct LabNetwork;        // lab_network.h
struct LabMap;            // lab_map.h
struct LabInterpolation;  // lab_interpolation.h
struct LabDrawing;        // lab_drawing.h
struct LabNearest;        // lab_nearest.h
struct LabLikelihood;     // lab_likelihood.h

/// What the open tool has found so far.
struct LabBlock {
  std::string tool;        ///< "" while the lab is closed
  LabArguments arguments;  ///< it answers for
  bool complete = false;
  double progress = 0;       ///< 0..1 of the full answer
  std::string problem;       ///< why it cannot answer; "" when it can
  int64_t trained_step = 0;  ///< flow step whose weights answer
  int64_t seed = 0;
  double guidance = 1;
  int digit = -1;
  uint64_t version = 0;

  // The part of the open tool; the others are null.
  std::shared_ptr<const LabGhost> ghost;
  std::shared_ptr<const LabSolvers> solvers;
  std::shared_ptr<const LabTimeGrid> time_grid;
  std::shared_ptr<const LabField> field;
  std::shared_ptr<const LabStraightness> straightness;
  std::shared_ptr<const LabGuidance> guidance_grid;
  std::shared_ptr<const LabCoupling> coupling;
  std::shared_ptr<const LabLossFloor> loss_floor;
  std::shared_ptr<const LabStep> step;
  std::shared_ptr<const LabNetwork> network;
  std::shared_ptr<const LabMap> map;
  std::shared_ptr<const LabInterpolation> interpolation;
  std::shared_ptr<const LabDrawing> drawing;
  std::shared_ptr<const LabNearest> nearest;
  std::shared_ptr<const LabLikelihood> likelihood;
};

}  // namespace lf
