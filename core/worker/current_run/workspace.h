// The current model, its run, and what that run is doing.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "config/picture_plan.h"
#include "files/folder_lock.h"
#include "preview/gallery.h"
#include "protocol/snapshot.h"
#include "run/marks.h"
#include "run/training_run.h"

namespace lf::worker {

/// The stages between a run's last step and its last file, in this order.
enum class EndStage { Score, Pictures, Views, Gallery, Write };

/// What a run is doing: exactly one of these.
namespace run_state {
/// There is no run: the model was opened, or is untrained.
struct None {};
struct Training {
  bool one_step = false;  ///< pauses after the next optimiser step
};
struct Paused {
  bool diverged = false;   ///< returned to its last good state after a divergence
  bool continues = false;  ///< continues if the digits that are being opened prove unusable
};
/// After its last step: scores, images and files follow.
struct Ending {
  EndStage stage = EndStage::Score;
  bool final_drawn = false;                        ///< the image of the final samples was started
  std::unique_ptr<preview::GalleryMaker> gallery;  ///< of the stage Gallery
};
/// It has spent its budget and is saved.
struct Finished {};
/// An unexpected error ended it.
struct Failed {};
}  // namespace run_state

using RunState = std::variant<run_state::None, run_state::Training, run_state::Paused, run_state::Ending,
                              run_state::Finished, run_state::Failed>;

/// Moved as a whole, so that a reset can be undone.
struct Workspace {
  std::unique_ptr<inference::Model> model;
  std::unique_ptr<run::TrainingRun> run;  ///< null for an opened model
  RunState state;
  records::History history;     ///< of an opened model; a run has its own
  std::string folder;           ///< of the run; "" before the first save
  std::string file;             ///< of an opened model; "" for a run of this session
  run::Marks marks;             ///< in that folder
  bool marks_given_up = false;  ///< there is no space for them
  std::string name;             ///< "bundled model", file or run name
  std::string origin;           ///< "from the bundled run", "" for a run of this session
  std::string started;
  Budget budget;
  Score score;  ///< last full evaluation
  bool figures = false;
  std::string figures_as;                  ///< formats of the figures beside .png
  PicturePlan pictures;                    ///< epochs after which an image is written
  std::vector<std::string> drawn;          ///< the paths of those images
  std::vector<std::string> announcements;  ///< announcements before its stages
  Series autoencoder_lost, flow_lost;      ///< losses of steps discarded by a return to the last good state
  bool unsaved = false;
  std::shared_ptr<files::FolderLock> lock;  ///< of the run's folder

  template <class State>
  bool is() const {
    return std::holds_alternative<State>(state);
  }
  bool training() const { return is<run_state::Training>(); }
  bool ending() const { return is<run_state::Ending>(); }
  bool finished() const { return is<run_state::Finished>(); }
  /// True for a run that is not completely saved yet, and that did not fail.
  bool under_way() const { return training() || ending() || is<run_state::Paused>(); }
  /// Stops training, or the work after the last step.
  void halt() {
    if (training() || ending()) state = run_state::Paused{};
  }
  /// The model with whole weights: a step that is under way is completed first.
  const inference::Model& settled_model() const {
    if (run) run->settle();
    return *model;
  }
  const records::History& curves() const { return run ? run->history() : history; }
  /// The progress of training: "flow step 130".
  std::string step_words() const;
};

}  // namespace lf::worker
