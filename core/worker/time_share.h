// The share of the worker's time that previews take during training.
#pragma once

namespace lf::worker {

/// Seconds of training and of previews over the last moments.
class TimeShare {
 public:
  void add_training(double seconds) { training_ += seconds; }
  /// Also reduces the weight of earlier times.
  void add_viewing(double seconds) {
    viewing_ += seconds;
    if (total() <= kWindow) return;
    const double factor = kWindow / total();
    training_ *= factor;
    viewing_ *= factor;
  }
  void forget() { training_ = viewing_ = 0; }

  /// True while previews have had at most this share of the time.
  bool allows(double share) const { return viewing_ <= share * total(); }
  /// Share of the time that previews had, 0..1.
  double viewing() const { return total() > 0 ? viewing_ / total() : 0; }

 private:
  static constexpr double kWindow = 4;  ///< seconds
  double total() const { return training_ + viewing_; }

  double training_ = 0, viewing_ = 0;
};

}  // namespace lf::worker
