// Finds the device that the setting `device` selects: opens the plug-in beside the core library.
#pragma once

#include <memory>
#include <string>

#include "training/accelerator.h"

namespace lf::library {

/// A device, or why there is none.
struct FoundAccelerator {
  std::unique_ptr<training::Accelerator> device;
  std::string reason;  ///< one line for display if `device` is null
};

/// Opens the plug-in, which is never closed: from `file`, or if that is "" from $LATENTFLOW_CUDA,
/// else beside the library that contains this code. Takes a second if there is a device.
FoundAccelerator open_accelerator(const std::string& file = "");

}  // namespace lf::library
