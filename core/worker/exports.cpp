// The exported functions of the core library. Everything else in it is hidden, including LibTorch.
#include <c10/util/Exception.h>
#include <torch/version.h>

#include <cstdio>

#include "api/core_interface.h"
#include "base/errors.h"
#include "library/open_accelerator.h"
#include "worker/make_experiment.h"

namespace {

void write_error(char* error, size_t size, char kind, const char* text) {
  std::snprintf(error, size, "%c%s", kind, text);
}

}  // namespace

/// The experiment, owned by the caller; or null, with the reason in `error` (see core_interface.h).
extern "C" __attribute__((visibility("default"))) lf::Workload* latentflow_make_experiment(
    const lf::ExperimentOptions* options, char* error, size_t error_size) {
  try {
    return lf::worker::make_experiment(*options).release();
  } catch (const lf::InputError& known) {
    write_error(error, error_size, lf::kCoreInputError, known.what());
  } catch (const c10::Error& known) {
    write_error(error, error_size, lf::kCoreRunError, known.what_without_backtrace());
  } catch (const std::exception& known) {
    write_error(error, error_size, lf::kCoreRunError, known.what());
  } catch (...) {
    write_error(error, error_size, lf::kCoreRunError, "the experiment could not be made: unknown error");
  }
  return nullptr;
}

/// For `latentflow info` and the choice of a preset.
extern "C" __attribute__((visibility("default"))) bool latentflow_accelerator(char* text, size_t text_size) {
  try {
    const lf::library::FoundAccelerator found = lf::library::open_accelerator();
    std::snprintf(text, text_size, "%s", (found.device ? found.device->name() : found.reason).c_str());
    return found.device != nullptr;
  } catch (const std::exception& known) {
    std::snprintf(text, text_size, "%s", known.what());
    return false;
  }
}

/// For `latentflow info`.
extern "C" __attribute__((visibility("default"))) const char* latentflow_torch_version() {
  return TORCH_VERSION;
}
