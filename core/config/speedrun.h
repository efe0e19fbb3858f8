// The rules of `latentflow speedrun`: how long training takes, from untrained weights, to reach a score.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lf {

/// A score to reach, and for how long the preset *fast* trains for it. In steps, not in seconds: the steps
/// that a score takes are the same on every machine, the seconds are what is measured.
struct SpeedrunTarget {
  double fd;           ///< FD% of the finished model is at most this
  int64_t flow_steps;  ///< the autoencoder's follow from them (autoencoder_share.h)
};

/// The ordered, visible table of the rules' targets.
const std::vector<SpeedrunTarget>& speedrun_targets();
/// The row with this FD%; null where the rules have none.
const SpeedrunTarget* speedrun_target(double fd);

inline constexpr int64_t kSpeedrunRules = 1;        ///< version of the rules
inline constexpr int64_t kSpeedrunSamples = 10000;  ///< scored, with guidance weight 1
inline constexpr int64_t kSpeedrunEvaluations = 8;  ///< of the velocity network for each sample, at most
inline constexpr double kSpeedrunAccuracy =
    0.8;  ///< share of samples that the judge reads as their class, at least
inline constexpr double kSpeedrunCopies = 0.05;  ///< Score::memorisation, at most: real digits have 0.01
/// FD% by a judge of another seed may be so many times the target: seed 2 gives 1.37 to 1.52 times what the
/// bundled judge gives.
inline constexpr double kSecondJudgeFactor = 1.75;
/// SHA-256 of the judge's file, assets/judge.safetensors.
inline constexpr const char* kSpeedrunJudge =
    "439501621a5090d8b964618015962561ba717731519b01f353ce49c13a646424";
/// Dataset::digest of MNIST.
inline constexpr const char* kSpeedrunData =
    "c65580678af93f1ea48c2c0d01d543ec89307c6b8a0eb7ca542d7c18c5f4c681";

/// The rules for people, one a line.
std::vector<std::string> speedrun_rules();

}  // namespace lf
