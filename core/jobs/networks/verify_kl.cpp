// The AutoencoderKL against its reference vectors: posterior, latent, decoded image.
#include <ATen/core/grad_mode.h>

#include <memory>

#include "base/errors.h"
#include "jobs/networks/verification.h"
#include "models/weights/file.h"
#include "models/weights/tensor_io.h"

namespace lf::jobs {
namespace {

constexpr double kTightKl = 1e-4, kLatentScale = 0.18215;

}  // namespace

std::vector<VerifyStep> kl_verification(const std::string& weights, const std::string& vectors, bool raw,
                                        std::vector<std::string>& notes) {
  const models::Weights stored = models::read_weights(weights, models::WeightsKind::KlAutoencoder, raw);
  const std::shared_ptr<const models::KlAutoencoder> net = models::load_kl_autoencoder(stored);
  notes = stored.notes;
  const auto tensors = models::to_tensors(files::read_safetensors(vectors));
  const auto get = [tensors, vectors](const std::string& name) { return vector_of(tensors, name, vectors); };
  for (const char* needed : {"image", "mean", "logvar", "eps", "latent", "decoded"}) get(needed);
  const at::Tensor image = get("image"), latent = get("latent");
  const auto scale = int64_t{1} << (net->config().widths.size() - 1);
  const bool fits = image.dim() == 4 && image.size(1) == net->config().image_channels &&
                    image.size(2) % scale == 0 && image.size(3) % scale == 0 && latent.dim() == 4 &&
                    latent.size(1) == net->config().latent_channels && get("eps").sizes() == latent.sizes();
  if (!fits)
    throw InputError(vectors + ": its images or latents have another shape than " + weights + " takes");
  const VerifyStep encode = [net, get](std::vector<VerifyRow>& rows) {
    at::NoGradGuard no_grad;
    const models::Posterior q = net->encode(get("image"));
    rows.push_back(compare("mean", q.mean, get("mean"), kTightKl));
    rows.push_back(compare("logvar", q.log_variance, get("logvar"), kTightKl));
    const at::Tensor sampled = (q.mean + (q.log_variance * 0.5).exp() * get("eps")) * kLatentScale;
    rows.push_back(compare("latent", sampled, get("latent"), kTightKl));
  };
  const VerifyStep decode = [net, get](std::vector<VerifyRow>& rows) {
    at::NoGradGuard no_grad;
    rows.push_back(compare("decoded", net->decode(get("latent") / kLatentScale), get("decoded"), kTightKl));
  };
  return {encode, decode};
}

}  // namespace lf::jobs
