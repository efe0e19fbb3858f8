// Sees a training diverge before its numbers stop being numbers.
#pragma once

#include <cstdint>
#include <string>

namespace lf {

/// Compares the running mean of the loss with the loss of a net that has learned nothing.
class LossWatch {
 public:
  /// `nothing_learned`: a loss that needs no training, above 0; 0 watches nothing.
  explicit LossWatch(double nothing_learned = 0) : nothing_learned_(nothing_learned) {}

  /// Takes the loss of the next step.
  void add(double loss);
  /// The mean is twice what a net has that learned nothing: it will not come back by itself.
  bool diverged() const;
  /// It is above that: such weights are not worth keeping.
  bool lost() const;
  /// "the loss, 5.31 on average, is far above that of a net that has learned nothing, 1.02".
  std::string words() const;

 private:
  double nothing_learned_, mean_ = 0;
  int64_t count_ = 0;
};

}  // namespace lf
