// The captured steps, each with the interface of training/accelerator.h.
#pragma once

#include <memory>

#include "training/accelerator.h"

namespace lf {

/// Captures the step on `device`. Throws RunError and c10::Error if that fails.
std::unique_ptr<StepEngine> make_flow_engine(at::Device device, const FlowEngineInput& input);
std::unique_ptr<StepEngine> make_image_engine(at::Device device, const ImageEngineInput& input);

}  // namespace lf
