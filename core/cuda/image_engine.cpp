#include <algorithm>

#include "cuda/captured_step.h"
#include "cuda/engines.h"
#include "cuda/guarded.h"
#include "messages/seeds.h"

namespace lf {
namespace {

/// Keeps all digits on the device, and the batch that an autoencoder step makes of them.
class ImageEngine : public CapturedStep {
 public:
  ImageEngine(at::Device device, const ImageEngineInput& input)
      : CapturedStep(device, input.memory),
        loss_of_(input.loss),
        pixels_(input.pixels.to(device).contiguous()) {
    const auto floats = at::TensorOptions().dtype(at::kFloat).device(device);
    const int64_t count = pixels_.size(0), batch = std::min(input.batch, count);
    images_ = at::zeros({batch, kDrawnPixels}, floats);
    noise_ = at::zeros({batch, kDrawnLatent}, floats);
    draw_ = {pixels_.data_ptr<uint8_t>(),
             static_cast<uint64_t>(count),
             static_cast<uint64_t>(batch),
             derived_seed(input.seed, Purpose::AutoencoderOrder),
             derived_seed(input.seed, Purpose::AutoencoderNoise),
             images_.data_ptr<float>(),
             noise_.data_ptr<float>()};
    capture();
  }
  ~ImageEngine() override { finish(); }

 private:
  void draw(cudaStream_t stream) override { enqueue_draw(draw_, exchange().memory(), stream); }
  at::Tensor losses() override { return loss_of_(images_, noise_, exchange().penalty()).reshape({1}); }

  decltype(ImageEngineInput::loss) loss_of_;
  at::Tensor pixels_, images_, noise_;
  ImageDraw draw_;
};

}  // namespace

std::unique_ptr<StepEngine> make_image_engine(at::Device device, const ImageEngineInput& input) {
  return guarded("preparing the autoencoder step",
                 [&] { return std::make_unique<ImageEngine>(device, input); });
}

}  // namespace lf
