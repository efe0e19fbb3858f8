#include "jobs/share/live_network.h"

#include "base/time_text.h"
#include "models/velocity_dit.h"

namespace lf::jobs {
namespace {

std::vector<float> plain_numbers(const at::Tensor& tensor) {
  const at::Tensor plain = tensor.to(at::kCPU, at::kFloat).contiguous();
  return {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()};
}

/// The parameters whose names begin with `prefix`, in the order of the network.
std::vector<share::Weight> weights_of(const models::ParameterSet& parameters, const std::string& prefix) {
  std::vector<share::Weight> weights;
  for (const models::ParameterSpec& spec : parameters.specs())
    if (spec.name.rfind(prefix, 0) == 0)
      weights.push_back({spec.name, spec.shape, plain_numbers(parameters.named(spec.name).detach())});
  return weights;
}

int64_t live_weights(const inference::Model& model) {
  int64_t count = model.average->parameters().count();
  for (const models::ParameterSpec& spec : model.autoencoder->parameters().specs()) {
    if (spec.name.rfind("decoder.", 0) != 0) continue;
    int64_t numbers = 1;
    for (const int64_t side : spec.shape) numbers *= side;
    count += numbers;
  }
  return count;
}

}  // namespace

std::string no_live_network(const inference::Model& model) {
  const models::ConvAutoencoder* own = model.own_autoencoder();
  const bool compact = dynamic_cast<const models::VelocityDit*>(model.average.get()) != nullptr;
  if (!compact || !own || own->config().residual_blocks > 0)
    return "The network does not run in this page: a page computes the velocity network compact-dit with a "
           "decoder without residual blocks, this model has " +
           model.settings.flow.net + " with " + (own ? own->config().name : std::string("an AutoencoderKL")) +
           ".";
  if (const int64_t count = live_weights(model); count > share::kMostLiveWeights)
    return "The network does not run in this page: it has " + with_thousands(count) +
           " weights, a page holds at most " + with_thousands(share::kMostLiveWeights) + ".";
  return "";
}

share::LiveNetwork live_network(const inference::Model& model, const inference::LatentAxes& axes,
                                const MapBlock& map) {
  const auto& dit = dynamic_cast<const models::VelocityDit&>(*model.average);
  const models::VelocityDitConfig& config = dit.config();
  share::LiveNetwork network;
  network.patch = config.patch;
  network.width = config.width;
  network.blocks = config.blocks;
  network.heads = config.heads;
  network.hidden = models::velocity_hidden_width(config);
  network.precondition = config.precondition;
  network.channels = model.own_autoencoder()->config().w3;
  network.velocity = weights_of(dit.parameters(), "");
  network.decoder = weights_of(model.autoencoder->parameters(), "decoder.");
  network.shift = plain_numbers(model.standardisation.shift);
  network.scale = plain_numbers(model.standardisation.scale);
  network.plane = {plain_numbers(axes.centre), plain_numbers(axes.directions), map.points, map.labels};
  return network;
}

}  // namespace lf::jobs
