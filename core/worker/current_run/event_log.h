// TensorBoard's event files of the current run: curves, scores and images, while it trains.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "worker/context.h"
#include "worker/current_run/event_images.h"
#include "worker/current_run/phase_events.h"

namespace lf::worker {

/// Does nothing unless ExperimentOptions::tensorboard names a folder. Whatever fails here is one
/// warning and does not disturb training; it is tried again until it works.
class EventLog {
 public:
  explicit EventLog(WorkerContext& context) : context_(context) {}

  /// Another run, or an earlier state of it, is now the current one.
  void begin();
  /// Writes what is new if the last time was more than a second ago.
  void write_when_due();
  /// Writes what is new.
  void write();

  /// True at the steps after which images are made.
  bool image_due() const;
  /// Begins the images of the present step. The weights must be whole.
  void begin_images();
  /// The same after the last step of the run, if they are not those of it.
  void begin_last_images();
  bool busy() const { return images_ != nullptr; }
  /// One slice of the images; the last one writes them.
  void advance();
  void drop() { images_.reset(); }

 private:
  bool wanted() const;
  template <class Write>
  void guarded(Write write);
  std::vector<files::EventValue> speed(const PhaseEvents& phase) const;
  std::vector<files::EventValue> scores() const;
  void keep_images();

  WorkerContext& context_;
  std::unique_ptr<PhaseEvents> autoencoder_, flow_;
  std::unique_ptr<EventImages> images_;
  int64_t pictured_autoencoder_ = -1, pictured_flow_ = -1;  ///< steps of the last images
  bool warned_ = false;                                     ///< about the current run
  double scored_seconds_ = -1;                              ///< of the score that is written
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace lf::worker
