// What is read at the start, one thing after the other, and digits that are opened later. What one stage
// cannot do keeps no other from it.
#pragma once

#include <exception>
#include <memory>
#include <string>

#include "library/data_loader.h"
#include "worker/model_opener.h"

namespace lf {

class Loading {
 public:
  /// What a slice came to.
  enum class Outcome {
    Busy,   ///< there is more to read
    Ready,  ///< everything is read that can be
    Kept,   ///< what was opened cannot be used: the digits in use stay
  };

  Loading(WorkerContext& context, Viewer& viewer, RunControl& run, ModelOpener& opener)
      : context_(context), viewer_(viewer), run_(run), opener_(opener) {}

  bool ready() const { return stage_ == Stage::Ready; }
  /// One stage, or one slice of the last. Throws where the start does not fall back on something else.
  Outcome advance();
  /// Other digits are wanted. Those in use stay until the new ones are read.
  void begin_opening(const std::string& folder);
  /// Gives a download up.
  void cancel();

  /// What is being read, for people; "" while nothing is.
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
  void adopt(std::shared_ptr<const Dataset> dataset);
  bool first_look_due() const;
  void first_look_slice();

  WorkerContext& context_;
  Viewer& viewer_;
  RunControl& run_;
  ModelOpener& opener_;
  Stage stage_ = Stage::Model;
  bool first_look_failed_ = false;
  std::unique_ptr<DataLoader> loader_;
  bool opening_ = false;  ///< the loader reads what a person opened, not what is looked for at the start
};

}  // namespace lf
