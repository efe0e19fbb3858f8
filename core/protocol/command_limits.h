// Ranges of the numbers in commands; command line and scripts reject values outside.
#pragma once

#include <cstdint>

namespace lf {

inline constexpr double kLeastSeconds = 1, kMostSeconds = 1e7;  ///< of a training budget
inline constexpr int64_t kMostSteps = 10'000'000;               ///< flow steps of a budget
inline constexpr double kLeastEpochs = 0.01, kMostEpochs = 100'000;
inline constexpr double kLeastFd = 0.01, kMostFd = 100;   ///< percent
inline constexpr double kMostSpeedrunFd = 1000;           ///< percent
inline constexpr int64_t kMostSamples = 1'000'000;        ///< digits of one file
inline constexpr int64_t kMostGridSamples = 10'000;       ///< digits of one .png: larger images do not open
                                                          ///< everywhere
inline constexpr int64_t kMostSheetRows = 2'000;          ///< digits of one reconstruction sheet
inline constexpr int64_t kMostTimeLapseDigits = 120;      ///< as many as a preview's noise has
inline constexpr int64_t kMostGifSamples = 400;           ///< digits of an animation
inline constexpr int64_t kMostEvaluations = 10'000;       ///< velocity evaluations per sample
inline constexpr int64_t kMostOdeSteps = 1'000;           ///< of one trajectory between noise and digit
inline constexpr int64_t kMostLikelyDigits = 70'000;      ///< digits of one likelihood
inline constexpr int64_t kMostProbes = 1'000;             ///< for each of them
inline constexpr int64_t kMostRepeatedEvaluations = 100;  ///< of one model, each with other noise
inline constexpr int64_t kLeastEvaluated = 100;           ///< fewer samples give no Fréchet distance
inline constexpr double kLeastRateFactor = 0.001;         ///< of a resumed run's learning rates; at most 1
inline constexpr int64_t kLeastPairs = 1'000, kMostPairs = 200'000;  ///< of a reflow
inline constexpr int64_t kReflowSteps = 600;                         ///< of a reflow without a budget
inline constexpr int64_t kMostHeads = 65'536;                        ///< of a network in a file
inline constexpr double kLeastPrintMm = 40, kMostPrintMm = 1000;     ///< width and height of a figure
inline constexpr int64_t kLeastDpi = 36, kMostDpi = 1'200;           ///< of a figure's .png
inline constexpr int64_t kScreenDpi = 212;        ///< of a figure's .png without another choice
inline constexpr int64_t kMostInspected = 1'000;  ///< digits of one reconstruction view

}  // namespace lf
