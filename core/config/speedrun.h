// The rules of `latentflow speedrun`: training time from untrained weights to a target score.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lf {

/// A target score, and the number of steps that the preset *fast* trains for it. Steps are the same
/// on every machine; the seconds are measured.
struct SpeedrunTarget {
  double fd;           ///< FD% of the finished model is at most this
  int64_t flow_steps;  ///< the autoencoder's steps follow from them (autoencoder_share.h)
};

/// The table of the rules' targets, in order.
const std::vector<SpeedrunTarget>& speedrun_targets();
/// The row with this FD%; null if the rules have none.
const SpeedrunTarget* speedrun_target(double fd);

inline constexpr int64_t kSpeedrunRules = 1;        ///< version of the rules
inline constexpr int64_t kSpeedrunSamples = 10000;  ///< per score, with guidance weight 1
inline constexpr int64_t kSpeedrunEvaluations = 8;  ///< of the velocity network per sample, at most
inline constexpr double kSpeedrunAccuracy =
    0.8;  ///< minimum share of samples that the judge predicts as their class
inline constexpr double kSpeedrunCopies = 0.05;  ///< maximum of Score::memorisation: real digits have 0.01
/// FD% by a judge of another seed may be this many times the target: seed 2 gives 1.37 to 1.52
/// times the FD% of the bundled judge.
inline constexpr double kSecondJudgeFactor = 1.75;
/// SHA-256 of the judge's file, assets/judge.safetensors.
inline constexpr const char* kSpeedrunJudge =
    "439501621a5090d8b964618015962561ba717731519b01f353ce49c13a646424";
/// Dataset::digest of MNIST.
inline constexpr const char* kSpeedrunData =
    "c65580678af93f1ea48c2c0d01d543ec89307c6b8a0eb7ca542d7c18c5f4c681";

/// The rules for display, one per line.
std::vector<std::string> speedrun_rules();

}  // namespace lf
