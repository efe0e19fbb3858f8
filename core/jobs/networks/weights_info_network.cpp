// The network that `info --weights` would read from a file, or why it reads none.
#include "base/classes.h"
#include "base/errors.h"
#include "jobs/networks/weights_info.h"
#include "models/weights/choice.h"

namespace lf::jobs {
namespace {

nlohmann::ordered_json dit_facts(const models::Dit& net, const std::string& notice) {
  const models::DitConfig& c = net.config();
  nlohmann::ordered_json json{{"network", "DiT"}};
  for (const auto& [name, size] : models::dit_sizes(c)) json[name] = size;
  json["mlp_ratio"] = c.mlp_ratio;
  json["trainable"] = net.parameters().count();
  if (c.labelled) json["classes"] = kClasses;
  if (!notice.empty()) json["notice"] = notice;
  return json;
}

nlohmann::ordered_json kl_facts(const models::KlAutoencoder& net) {
  const models::KlAutoencoderConfig& c = net.config();
  return {{"network", "AutoencoderKL"},
          {"block_out_channels", c.widths},
          {"layers_per_block", c.layers_per_block},
          {"latent_channels", c.latent_channels},
          {"trainable", net.parameters().count()}};
}

}  // namespace

ChosenNetwork choose_network(files::WeightFiles& files, const models::StoredNames& names, int64_t heads,
                             bool raw) {
  ChosenNetwork chosen;
  const auto found = models::networks_in(names);
  if (found.empty()) {
    chosen.reason = "it holds neither a DiT nor an AutoencoderKL; " + models::described(names);
    return chosen;
  }
  chosen.found = found.front();
  try {
    chosen.found = models::chosen_network(found, names, found.front().kind, raw);
    chosen.notes = models::reading_notes(chosen.found, found, names);
    const models::Weights weights = models::read_network(files, chosen.found);
    std::string notice;
    if (chosen.found.kind == models::WeightsKind::Dit) {
      const auto net = models::load_dit(weights, heads, /*trainable=*/false, notice);
      chosen.facts = dit_facts(*net, notice);
    } else {
      chosen.facts = kl_facts(*models::load_kl_autoencoder(weights));
    }
    chosen.fits = true;
  } catch (const InputError& error) {
    chosen.reason = error.what();
  }
  return chosen;
}

}  // namespace lf::jobs
