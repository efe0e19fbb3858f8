// Finds the device that the setting `device` asks for: opens the plug-in beside the core library.
#pragma once

#include <memory>
#include <string>

#include "training/accelerator.h"

namespace lf {

/// A device, or why there is none.
struct FoundAccelerator {
  std::unique_ptr<Accelerator> device;
  std::string reason;  ///< one line for people where `device` is null
};

/// Opens the plug-in, which stays open for good: from `file`, or where that is "" from $LATENTFLOW_CUDA, else
/// beside the library that this code is in. Takes a second where a device is there.
FoundAccelerator open_accelerator(const std::string& file = "");

}  // namespace lf
