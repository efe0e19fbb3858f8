#include "records/loss_watch.h"

#include <algorithm>

#include "base/printed.h"

namespace lf::records {
namespace {

constexpr int64_t kWindow = 20;  ///< steps: a single batch, or a jump in the warm-up, proves nothing
constexpr double kDiverged = 2;  ///< times the loss of an untrained network
constexpr double kLost = 1.1;    ///< the same; random variation does not move the mean so far

}  // namespace

void LossWatch::add(double loss) {
  ++count_;
  // The plain mean of the first steps, then an exponential one.
  mean_ += (loss - mean_) / static_cast<double>(std::min(count_, kWindow));
}

bool LossWatch::diverged() const {
  return nothing_learned_ > 0 && count_ >= kWindow && mean_ > kDiverged * nothing_learned_;
}

bool LossWatch::lost() const {
  return nothing_learned_ > 0 && count_ >= kWindow && mean_ > kLost * nothing_learned_;
}

std::string LossWatch::words() const {
  return printed("the loss, %.4g on average, is far above that of an untrained network, %.4g", mean_,
                 nothing_learned_);
}

}  // namespace lf::records
