// The torch-free door to the core: what the window and the command line see of it.
#pragma once

#include <memory>
#include <string>

#include "session/workload.h"

namespace lf {

/// How an experiment starts.
struct ExperimentOptions {
  std::string data;    ///< folder of IDX files; "" searches as the contract says
  std::string model;   ///< model file or run folder to open; "" is the newest run's, then the shipped one
  std::string judge;   ///< judge file to score with; "" is the one kept for the data, then the shipped one
  std::string assets;  ///< folder of the shipped files
  std::string runs;    ///< folder that holds run folders
  std::string judges;  ///< folder that keeps the judges of other data sets; "" keeps none
  std::string preset = "fast";
  bool previews =
      true;  ///< keep a preview trajectory, map and live scores (a window looks); false for the command line
  bool falls_back = false;     ///< what cannot be loaded at the start is told and the next source is used (a
                               ///< window); false: it is thrown
  bool allow_download = true;  ///< fetch MNIST where it is neither named nor cached
  bool open_model = true;      ///< load a model at the start
  bool need_data = true;       ///< false: a command that only needs the model reads no digits
};

/// Sets what OpenMP reads as it is loaded: passive waiting, teams that do not shrink, the stack of a thread.
/// Called by a program before it has threads, because the environment is no place for two of them to write
/// and read in.
void set_core_environment();

/// Opens the core library beside the executable and makes the one Workload there is. Slow (LibTorch loads:
/// call it on the worker). Calls set_core_environment(). Throws RunError when the
/// library cannot be loaded.
std::unique_ptr<Workload> load_experiment(const ExperimentOptions& options);

/// The LibTorch version that the core library was built with, e.g. "2.11.0". Opens the library: throws
/// RunError.
std::string core_torch_version();

/// What can train besides the processor: its name, or in one line why nothing can.
struct AcceleratorFacts {
  bool found = false;
  std::string text;
};

/// Asks the core library, which opens the CUDA plug-in where one is. Takes a second where a device is there.
/// Throws RunError.
AcceleratorFacts core_accelerator();

/// Folders by the conventions of interface.md: assets beside the executable (or $LATENTFLOW_ASSETS), runs
/// under the data home.
std::string default_assets_folder();
std::string default_runs_folder();
/// Where `latentflow judge` keeps a judge for each data set, beside the runs.
std::string default_judges_folder();
/// Where preferences live: $XDG_CONFIG_HOME/latentflow or ~/.config/latentflow.
std::string default_config_folder();

}  // namespace lf
