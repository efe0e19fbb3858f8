// Detects divergence before NaN.
#pragma once

#include <cstdint>
#include <string>

namespace lf::records {

/// Compares the running mean of the loss with the loss of an untrained network.
class LossWatch {
 public:
  /// `nothing_learned`: the loss of an untrained network, above 0; 0 disables the check.
  explicit LossWatch(double nothing_learned = 0) : nothing_learned_(nothing_learned) {}

  /// Adds the loss of the next step.
  void add(double loss);
  /// The mean is twice the untrained loss: it will not recover by itself.
  bool diverged() const;
  /// The mean is above the untrained loss: such weights are not saved.
  bool lost() const;
  /// "the loss, 5.31 on average, is far above that of a net that has learned nothing, 1.02".
  std::string words() const;

 private:
  double nothing_learned_, mean_ = 0;
  int64_t count_ = 0;
};

}  // namespace lf::records
