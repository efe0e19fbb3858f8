// The captured steps, each with the interface of training/accelerator.h.
#pragma once

#include <memory>

#include "training/accelerator.h"

namespace lf::cuda {

/// Captures the step on `device`. Throws RunError and c10::Error if that fails.
std::unique_ptr<training::StepEngine> make_flow_engine(at::Device device,
                                                       const training::FlowEngineInput& input);
std::unique_ptr<training::StepEngine> make_image_engine(at::Device device,
                                                        const training::ImageEngineInput& input);

}  // namespace lf::cuda
