// The autoencoder's training step as a CUDA graph; its batch is sampled on the card.
#include <algorithm>

#include "cuda/batch_memory.h"
#include "cuda/captured_step.h"
#include "cuda/engines.h"
#include "cuda/guarded.h"

namespace lf::cuda {
namespace {

training::ImageEngineInput moved(training::ImageEngineInput input, at::Device device) {
  input.pixels = input.pixels.to(device).contiguous();
  return input;
}

/// Keeps all digits on the device, and the batch of an autoencoder step made from them.
class ImageEngine : public CapturedStep {
 public:
  ImageEngine(at::Device device, const training::ImageEngineInput& input)
      : CapturedStep(device, input.memory),
        in_(moved(input, device)),
        batch_(std::min(in_.batch, in_.pixels.size(0)), device),
        draw_(image_draw(in_, batch_)) {
    capture();
  }
  ~ImageEngine() override { finish(); }

 private:
  void draw(cudaStream_t stream) override { enqueue_draw(draw_, exchange().memory(), stream); }
  at::Tensor losses() override {
    return in_.loss(batch_.images, batch_.noise, exchange().penalty()).reshape({1});
  }

  training::ImageEngineInput in_;  ///< on the device
  ImageBatchMemory batch_;
  ImageDraw draw_;
};

}  // namespace

std::unique_ptr<training::StepEngine> make_image_engine(at::Device device,
                                                        const training::ImageEngineInput& input) {
  return guarded("preparing the autoencoder step",
                 [&] { return std::make_unique<ImageEngine>(device, input); });
}

}  // namespace lf::cuda
