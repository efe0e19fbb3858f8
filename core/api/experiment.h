// The interface of the core for window and command line, without LibTorch.
#pragma once

#include <memory>
#include <string>

#include "session/workload.h"

namespace lf {

/// Options at the start of an experiment.
struct ExperimentOptions {
  std::string data;    ///< folder of IDX files; "" searches the usual places
  std::string model;   ///< model file or run folder to open; "" is the newest run's, then the bundled one
  std::string judge;   ///< judge file to score with; "" is the one kept for the data, then the bundled one
  std::string assets;  ///< folder of the bundled files
  std::string runs;    ///< folder that holds run folders
  std::string judges;  ///< folder of the judges of other data sets; "" keeps none
  std::string tensorboard;  ///< folder of TensorBoard's event files of every run that trains; "" writes none
  std::string preset = "fast";
  bool previews =
      true;  ///< compute preview trajectory, map and live scores (for a window); false for the command line
  bool falls_back = false;     ///< report what cannot be loaded at the start and use the next source
                               ///< (window); false: throw
  bool allow_download = true;  ///< download MNIST if it is neither named nor cached
  bool open_model = true;      ///< load a model at the start
  bool need_data = true;       ///< false: a command that only needs the model reads no digits
};

/// Sets what OpenMP reads while it is loaded: passive waiting, teams that do not shrink, the stack
/// size of a thread. Call it before the program has threads, because the environment is not
/// thread-safe.
void set_core_environment();

/// Opens the core library beside the executable and makes its only Workload. Slow, because LibTorch
/// is loaded: call it on the worker. Calls set_core_environment(). Throws RunError when the library
/// cannot be loaded.
std::unique_ptr<Workload> load_experiment(const ExperimentOptions& options);

/// The LibTorch version that the core library was built with, e.g. "2.11.0". Opens the library: throws
/// RunError.
std::string core_torch_version();

/// The accelerator: its name, or in one line why there is none.
struct AcceleratorFacts {
  bool found = false;
  std::string text;
};

/// Calls the core library, which opens the CUDA plug-in if there is one. Takes a second if there is
/// a device. Throws RunError.
AcceleratorFacts core_accelerator();

/// The program's usual folders: assets beside the executable (or $LATENTFLOW_ASSETS), runs under
/// the data home.
std::string default_assets_folder();
std::string default_runs_folder();
/// The folder in which `latentflow judge` keeps a judge for each data set, beside the runs.
std::string default_judges_folder();
/// The folder of preferences: $XDG_CONFIG_HOME/latentflow or ~/.config/latentflow.
std::string default_config_folder();

}  // namespace lf
