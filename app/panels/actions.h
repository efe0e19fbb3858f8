// The actions of keys, buttons and script lines: one function each, so that all three have the same
// effect.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "panels/panel.h"

namespace lf::app::panels {

/// The label and command of the main button.
struct TrainAction {
  enum class Kind { Train, Pause, Resume, TrainLonger } kind;
  std::string label, tooltip;
  std::string disabled;  ///< reason, "" if it can be pressed
};
TrainAction train_action(const RunBlock& run);
/// Presses it.
void press_train(const PanelContext& c);
/// Why Step (Reset) is disabled; "" if it is not.
std::string step_disabled(const RunBlock& run);
std::string reset_disabled(const RunBlock& run);

/// The file of the preview's animation: in the run's folder, else the current one.
std::string export_path(const RunBlock& run);

/// The file of the animation over the training: in the same folder.
std::string training_path(const RunBlock& run);

/// The file of a tool's image and numbers, without an extension: in the same folder.
std::string export_stem(const std::string& run_folder, const std::string& tool);

/// A live setting, or the changed value for the next run, as text.
void set_setting(const PanelContext& c, const std::string& key, const std::string& value);

}  // namespace lf::app::panels
