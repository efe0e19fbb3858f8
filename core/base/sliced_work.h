// Work that takes longer than one slice. Everything that the worker computes beside its quick answers is of
// this form.
#pragma once

namespace lf {

/// Finite work, done in slices of at most some 50 ms, so that its thread stays responsive between
/// two of them. Its owner calls advance() when there is time, and cancels the work by destroying
/// it. Trainers have no end of their own: their slices are `advance_step()`, which is true when an
/// optimiser step is complete.
class SlicedWork {
 public:
  virtual ~SlicedWork() = default;
  /// One bounded slice. True while more remains.
  virtual bool advance() = 0;
  /// The share done so far, 0 to 1.
  virtual double progress() const = 0;
};

/// Does all that remains of it, where nobody waits for the thread.
inline void complete(SlicedWork& work) {
  while (work.advance()) {
  }
}

}  // namespace lf
