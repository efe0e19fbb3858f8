// The entry point of the plug-in: whether there is a card, and its name.
#include <c10/cuda/CUDAFunctions.h>
#include <c10/util/Exception.h>
#include <cuda_runtime_api.h>

#include <cstdio>

#include "cuda/engines.h"

namespace lf::cuda {
namespace {

constexpr int kLeastCapability = 75;  ///< ten times the lowest compute capability of our kernels

class CudaAccelerator : public training::Accelerator {
 public:
  explicit CudaAccelerator(std::string name) : name_(std::move(name)) {}

  std::string name() const override { return name_; }
  at::Device device() const override { return {at::kCUDA, 0}; }
  std::unique_ptr<training::StepEngine> flow_engine(const training::FlowEngineInput& input) override {
    return make_flow_engine(device(), input);
  }
  std::unique_ptr<training::StepEngine> image_engine(const training::ImageEngineInput& input) override {
    return make_image_engine(device(), input);
  }

 private:
  std::string name_;
};

/// Null, with the reason in `why`, if no card can be used.
training::Accelerator* first_card(char* why, size_t size) {
  int count = 0;
  const cudaError_t error = cudaGetDeviceCount(&count);
  if (error != cudaSuccess || count == 0) {
    (void)cudaGetLastError();
    const char* reason = error == cudaSuccess ? "there is none" : cudaGetErrorString(error);
    std::snprintf(why, size, "no CUDA device answers (%s)", reason);
    return nullptr;
  }
  cudaDeviceProp properties{};
  if (cudaGetDeviceProperties(&properties, 0) != cudaSuccess ||
      10 * properties.major + properties.minor < kLeastCapability) {
    (void)cudaGetLastError();
    std::snprintf(why, size, "the CUDA device %s is too old for this build", properties.name);
    return nullptr;
  }
  return new CudaAccelerator(properties.name);
}

}  // namespace
}  // namespace lf::cuda

/// See training/accelerator.h.
extern "C" __attribute__((visibility("default"))) lf::training::Accelerator* latentflow_make_accelerator(
    int version, char* why, size_t size) {
  if (version != lf::training::kAcceleratorVersion) {
    std::snprintf(why, size, "the CUDA plug-in belongs to another build; build it again");
    return nullptr;
  }
  try {
    return lf::cuda::first_card(why, size);
  } catch (const c10::Error& error) {
    std::snprintf(why, size, "%s", error.what_without_backtrace());
  } catch (const std::exception& error) {
    std::snprintf(why, size, "%s", error.what());
  }
  return nullptr;
}
