// The network that `info --weights` would read from a file, or why it reads none.
#include "base/classes.h"
#include "base/errors.h"
#include "jobs/weights_info.h"
#include "models/weights/choice.h"

namespace lf {
namespace {

nlohmann::ordered_json dit_facts(const Dit& net, const std::string& notice) {
  const DitConfig& c = net.config();
  nlohmann::ordered_json json{{"network", "DiT"}};
  for (const auto& [name, size] : dit_sizes(c)) json[name] = size;
  json["mlp_ratio"] = c.mlp_ratio;
  json["trainable"] = net.parameters().count();
  if (c.labelled) json["classes"] = kClasses;
  if (!notice.empty()) json["notice"] = notice;
  return json;
}

nlohmann::ordered_json kl_facts(const KlAutoencoder& net) {
  const KlAutoencoderConfig& c = net.config();
  return {{"network", "AutoencoderKL"},
          {"block_out_channels", c.widths},
          {"layers_per_block", c.layers_per_block},
          {"latent_channels", c.latent_channels},
          {"trainable", net.parameters().count()}};
}

}  // namespace

ChosenNetwork choose_network(WeightFiles& files, const StoredNames& names, int64_t heads, bool raw) {
  ChosenNetwork chosen;
  const auto found = networks_in(names);
  if (found.empty()) {
    chosen.reason = "it holds neither a DiT nor an AutoencoderKL; " + described(names);
    return chosen;
  }
  chosen.found = found.front();
  try {
    chosen.found = chosen_network(found, names, found.front().kind, raw);
    chosen.notes = reading_notes(chosen.found, found, names);
    const Weights weights = read_network(files, chosen.found);
    std::string notice;
    if (chosen.found.kind == WeightsKind::Dit) {
      const auto net = load_dit(weights, heads, /*trainable=*/false, notice);
      chosen.facts = dit_facts(*net, notice);
    } else {
      chosen.facts = kl_facts(*load_kl_autoencoder(weights));
    }
    chosen.fits = true;
  } catch (const InputError& error) {
    chosen.reason = error.what();
  }
  return chosen;
}

}  // namespace lf
