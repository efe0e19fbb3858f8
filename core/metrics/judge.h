// The judge: a small classifier whose features score generated digits (FD%, accuracy). Its file
// holds the statistics of the training features and a calibration, which gives a scale for FD%.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/classes.h"
#include "metrics/frechet.h"
#include "metrics/judge_network.h"
#include "metrics/judge_pass.h"

namespace lf::metrics {

/// FD% of known images with this judge, as a scale. All are of the 10,000 test digits, 8 bit.
struct JudgeCalibration {
  double test = 0;       ///< unchanged
  double noise_005 = 0;  ///< with Gaussian noise of σ 0.05
  double noise_01 = 0;   ///< with Gaussian noise of σ 0.1
  double blur = 0;       ///< after a 3×3 box blur
};

/// FD% of `count` real training digits (mean of 5 samples): one point of the noise floor.
struct FloorPoint {
  int64_t count = 0;
  double fd = 0;
};

/// Everything in a judge file besides the weights.
struct JudgeFacts {
  GaussianStats train;              ///< features of all training images
  ByClass<int64_t> label_counts{};  ///< training images per digit
  JudgeCalibration calibration;
  std::vector<FloorPoint> floors;  ///< ascending in count
  double accuracy = 0;             ///< on the test set, in [0, 1]
  std::string data_digest;         ///< Dataset::digest of the data it was trained on
};

/// Why these facts do not allow a measurement, in a few words; "" if they do. Checked both when a
/// judge is trained and when it is read, so that every written file can be read.
std::string fault_of(const JudgeFacts& facts);

class Judge {
 public:
  /// Takes `parameters` (order and shapes of judge_parameters(), float) and rounds them to float16,
  /// the type of the file: a saved and loaded judge measures the same numbers. InputError on wrong
  /// shapes.
  Judge(std::vector<at::Tensor> parameters, JudgeFacts facts);

  /// Reads a judge file; InputError (one line) on a missing, damaged or foreign file, wrong shapes or NaNs.
  static Judge load(const std::filesystem::path& file);
  /// Writes the file (temporary name, then renamed), at most 300 KB; RunError when it cannot be
  /// written.
  void save(const std::filesystem::path& file) const;

  /// All `images_u8`, uint8 (N, 28, 28) or (N, 784), in blocks of 256.
  JudgeOutput run(const at::Tensor& images_u8) const;
  /// One block at once: the form for slices; keep N <= 256 for slices under 50 ms.
  JudgeOutput run_block(const at::Tensor& images_u8) const;

  const JudgeFacts& facts() const { return facts_; }
  /// float32, ordered as judge_parameters().
  const std::vector<at::Tensor>& parameters() const { return parameters_; }
  /// Noise floor of FD% for `count` samples: a power law between the two nearest measured points
  /// (exact on them), 1/count beyond; NaN when none was measured.
  double floor_for(int64_t count) const;
  /// Short name shown beside every score: "judge-" and 8 hex digits of a digest over its weights.
  const std::string& name() const { return name_; }
  /// Whether this judge is calibrated for images from the data set with this digest.
  bool belongs_to(const std::string& data_digest) const { return facts_.data_digest == data_digest; }

 private:
  std::vector<at::Tensor> parameters_;  // float32 values that float16 holds exactly
  std::shared_ptr<const JudgePass> pass_;
  JudgeFacts facts_;
  std::string name_;
};

}  // namespace lf::metrics
