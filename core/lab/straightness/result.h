// Result of the straightness tool.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// The result of a few Euler steps from the same noise.
struct LabCoarse {
  int64_t steps = 0;
  double error = 0;        ///< RMS difference of x(1) from the fine solution, per coordinate (standard
                           ///< deviation of latents: 1)
  double pixel_error = 0;  ///< RMS difference of the decoded images from the fine ones, pixels in [0, 1]
};

/// The shape of every digit's trajectory, solved finely.
struct LabStraightness : LabResult {
  int64_t digits = 0;           ///< measured so far
  int64_t wanted = 0;           ///< in total
  int64_t followed = 0;         ///< the first ones, with turning, points and coarse solutions
  int64_t shown = 0;            ///< the first ones, with images
  std::string reference;        ///< "midpoint, 48 steps"
  std::vector<uint8_t> labels;  ///< (digits) class labels; 10: unconditional
  std::vector<float> ratio;     ///< (digits) path length over chord, ≥ 1
  std::vector<float> turned;    ///< (digits) total turning angle in degrees
  std::vector<float> cost;      ///< (digits) squared distance from start to end, summed over 64 coordinates
  std::vector<float>
      deviation;               ///< (digits) squared deviation from a straight path at constant speed, by cost
  std::vector<float> t;        ///< (S) inner times of the steps
  std::vector<float> turning;  ///< (S) mean degrees per unit of t
  std::vector<float> class_turning;  ///< (10, S) the same of each class; empty if unconditional
  std::vector<float> own_turning;    ///< (followed, S)
  std::vector<float> state_t;        ///< (S + 2) times of the states
  std::vector<float> points;         ///< (followed, S + 2, 2) in the plane of the two principal axes
  double in_plane = 0;               ///< share of the trajectories' variance in that plane, 0..1
  std::vector<LabCoarse> coarse;     ///< by steps
  ImageSheet pictures;               ///< (coarse + 1, shown); the fine solution last

  /// One row per digit.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
