// The stages of the start, one after the other, and digits that are opened later. A failed stage
// does not prevent the next.
#pragma once

#include <exception>
#include <memory>
#include <string>

#include "library/data_loader.h"
#include "worker/model_opener.h"

namespace lf::worker {

class Loading {
 public:
  /// The result of a slice.
  enum class Outcome {
    Busy,   ///< there is more to read
    Ready,  ///< everything readable is read
    Kept,   ///< the opened data cannot be used: the current digits stay
  };

  Loading(WorkerContext& context, Viewer& viewer, RunControl& run, ModelOpener& opener)
      : context_(context), viewer_(viewer), run_(run), opener_(opener) {}

  bool ready() const { return stage_ == Stage::Ready; }
  /// One stage, or one slice of the last. Throws if the start does not fall back on something else.
  Outcome advance();
  /// Requests other digits. The current ones stay until the new ones are read.
  void begin_opening(const std::string& folder);
  /// Cancels a download.
  void cancel();

  /// What is being read, for display; "" if nothing is.
  std::string message() const { return loader_ ? loader_->message() : ""; }
  bool downloading() const { return loader_ && loader_->downloading(); }
  double progress() const { return loader_->progress(); }

 private:
  enum class Stage { Model, Runs, Judge, Data, Ready };

  Outcome load_stage();
  Outcome data_slice();
  Outcome data_failed(std::exception_ptr failure);
  Outcome opening_failed(const std::string& why);
  void tell_data();
  void adopt(std::shared_ptr<const files::Dataset> dataset);
  bool first_look_due() const;
  void first_look_slice();

  WorkerContext& context_;
  Viewer& viewer_;
  RunControl& run_;
  ModelOpener& opener_;
  Stage stage_ = Stage::Model;
  bool first_look_failed_ = false;
  std::unique_ptr<library::DataLoader> loader_;
  bool opening_ = false;  ///< the loader reads data that the user opened, not those found at the start
};

}  // namespace lf::worker
