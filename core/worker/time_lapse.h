// The past of the current run: one of its marks is shown in place of the present weights.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "preview/preview.h"
#include "preview/reconstruction_view.h"
#include "preview/views.h"
#include "worker/context.h"

namespace lf::worker {

class TimeLapse {
 public:
  /// Both outlive this object. `live` shows the present weights: noise, class, axes and digits are its own.
  TimeLapse(WorkerContext& context, const preview::Views& live) : context_(context), live_(live) {}

  /// Shows the mark nearest to `step`; −1 returns to the present weights. Throws InputError if the run has no
  /// marks.
  void choose(int64_t step);
  /// Some marks of the run are gone: if the chosen one is, the nearest is shown.
  void marks_changed();
  /// Another run, or another model: its marks are others.
  void forget();

  /// True while the chosen mark is not completely shown.
  bool answer_waits() const { return chosen_ >= 0 && !known(chosen_); }
  /// True when a slice is due; without training also for marks that nobody chose yet.
  bool due(bool training) const { return next(training) >= 0; }
  /// One slice. Reads no weights of the current model. A mark that cannot be read is left out from then on.
  void advance(bool training);

  /// What is shown instead of the live blocks; the latter while the chosen mark has none.
  preview::Views::Blocks shown() const;
  /// For the snapshot; replaced when it changes.
  std::shared_ptr<const MarksBlock> block();

 private:
  /// What was computed of a mark.
  struct Pictures {
    std::shared_ptr<FlowBlock> flow;
    std::shared_ptr<ReconstructionBlock> reconstruction;
  };
  /// A mark whose pictures are being computed.
  struct Work {
    int64_t step = -1;
    std::unique_ptr<inference::Model> model;
    std::unique_ptr<preview::Preview> preview;
    std::unique_ptr<preview::ReconstructionView> reconstruction;
  };

  bool known(int64_t step) const;
  bool reconstructs() const;
  int64_t next(bool training) const;
  void begin(int64_t step);
  void follow_live();

  WorkerContext& context_;
  const preview::Views& live_;
  int64_t chosen_ = -1;
  bool opened_ = false;  ///< somebody looks at marks: others may be asked for soon
  std::map<int64_t, Pictures> pictures_;
  std::vector<int64_t> unreadable_;
  Work work_;
  preview::PreviewRequest request_;
  InspectCommand inspected_;
  const MapBlock* map_ = nullptr;          ///< whose axes the trajectories have
  uint64_t versions_ = uint64_t{1} << 40;  ///< never those of the live blocks
  std::shared_ptr<const MarksBlock> block_ = std::make_shared<MarksBlock>();
};

}  // namespace lf::worker
