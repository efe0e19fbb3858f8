#include "models/weights/search.h"

#include <algorithm>
#include <set>

#include "base/errors.h"
#include "files/ends_with.h"
#include "models/kl_layout.h"
#include "models/weights/names.h"

namespace lf::models {
namespace {

/// Maximum number of networks considered in one file: a hostile one could name a hundred thousand.
constexpr size_t kMostPlaces = 64;

/// A tensor that every network of its kind has, under all programs' names.
struct Anchor {
  WeightsKind kind;
  const char* name;
};
constexpr Anchor kAnchors[] = {{WeightsKind::Dit, "x_embedder.proj.weight"},
                               {WeightsKind::KlAutoencoder, "encoder.conv_in.weight"},
                               {WeightsKind::KlAutoencoder, "decoder.conv_in.weight"}};

/// A candidate for a network: its kind and the prefix of its names.
using Place = std::pair<WeightsKind, std::string>;

bool begins(const std::string& text, const std::string& start) { return text.rfind(start, 0) == 0; }

/// The names of a file without wrappers, each with its name in the file. Two may become equal.
using PlainNames = std::multimap<std::string, std::string>;

/// latent-diffusion stores an average as "model_ema." and the weight's name without its dots (with
/// or without the first parts). The names of the weights themselves show where the dots were.
void restore_dots(PlainNames& names) {
  const std::string start = "model_ema.";
  const auto without_dots = [](std::string name) {
    name.erase(std::remove(name.begin(), name.end(), '.'), name.end());
    return name;
  };
  auto average = names.lower_bound(start);
  if (average == names.end() || !begins(average->first, start)) return;
  std::map<std::string, std::string> dotted;
  for (const auto& entry : names) {
    std::string name = entry.first;
    if (begins(name, start) || name.size() > kLongestName) continue;
    dotted.emplace(without_dots(name), name);
    for (int cut = 0; cut < 3 && name.find('.') != std::string::npos; ++cut) {
      name.erase(0, name.find('.') + 1);
      dotted.emplace(without_dots(name), name);
    }
  }
  while (average != names.end() && begins(average->first, start)) {
    const auto known = dotted.find(average->first.substr(start.size()));
    const auto entry = average++;
    if (known == dotted.end() || known->second == known->first) continue;
    names.emplace(start + known->second, entry->second);
    names.erase(entry);
  }
}

PlainNames plain_names(const StoredNames& file) {
  PlainNames names;
  for (const auto& entry : file.tensors) names.emplace(unwrapped_name(entry.first), entry.first);
  restore_dots(names);
  return names;
}

std::set<Place> places_in(const PlainNames& names) {
  std::set<Place> places;
  for (const auto& entry : names) {
    const std::string& name = entry.first;
    for (const Anchor& anchor : kAnchors) {
      const std::string prefix = files::ends_with(name, anchor.name)
                                     ? name.substr(0, name.size() - std::string(anchor.name).size())
                                     : "?";
      const bool place = (prefix.empty() || prefix.back() == '.') && prefix.size() <= kLongestName;
      if (place && places.size() < kMostPlaces) places.insert({anchor.kind, prefix});
    }
  }
  return places;
}

/// True if `name` belongs to the network at `place`, and to none with a longer matching prefix.
bool belongs(const std::string& name, const Place& place, const std::set<Place>& places) {
  if (!begins(name, place.second)) return false;
  return std::none_of(places.begin(), places.end(), [&](const Place& other) {
    return other.second.size() > place.second.size() && begins(name, other.second);
  });
}

/// The number of scales of the decoder in latent-diffusion's names: up.0, up.1, …
int64_t scales_of(const std::set<std::string>& names) {
  int64_t scales = 0;
  const auto any = [&](const std::string& start) {
    const auto found = names.lower_bound(start);
    return found != names.end() && begins(*found, start);
  };
  while (any("decoder.up." + std::to_string(scales) + ".")) ++scales;
  return scales;
}

/// One file may hold several networks side by side: the first part of a name shows whether it can
/// belong to this kind.
bool of_kind(const std::string& name, WeightsKind kind) {
  const auto parts = name_parts(name);
  const auto is_one_of = [&](std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return parts.front() == word; });
  };
  if (parts.empty()) return false;
  return kind == WeightsKind::Dit
             ? is_one_of({"x_embedder", "t_embedder", "y_embedder", "pos_embed", "blocks", "final_layer"})
             : is_one_of({"encoder", "decoder", "quant_conv", "post_quant_conv", "quantize"});
}

/// Why names and shapes do not form a network of its kind; "" if they do. The number of heads does
/// not follow from shapes: a DiT without this number passes.
std::string misfit_of(const FoundNetwork& network) {
  try {
    std::string notice;
    const int64_t heads = network.shapes.metadata.count("num_heads") ? 0 : 1;
    const auto specs = network.kind == WeightsKind::Dit
                           ? dit_file_layout(dit_config_of(network.shapes, heads, notice))
                           : kl_layout(kl_config_of(network.shapes));
    const std::string problems = shape_problems(specs, network.shapes.shapes, "", /*others_allowed=*/false);
    return problems.empty() ? "" : network.shapes.path + ": the weights do not fit: " + problems;
  } catch (const InputError& error) {
    return error.what();
  }
}

/// Adds a tensor that the file calls `stored`, and `name` below the prefix, to `network`.
void take(FoundNetwork& network, const std::string& name, const std::string& stored, int64_t scales,
          const StoredNames& file) {
  const bool translated = network.kind == WeightsKind::KlAutoencoder;
  const TodaysName today = translated ? todays_name(name, scales) : TodaysName{name, ""};
  if (!today.program.empty()) network.program = today.program;
  const auto [kept, fresh] = network.stored.emplace(today.name, stored);
  if (!fresh)
    network.misfit =
        file.path + ": it holds " + today.name + " twice, as " + kept->second + " and as " + stored;
  if (quantisation_scale(name))
    network.misfit = file.path + ": its weights are quantised with separate scales (" + stored +
                     "), which this program does not apply; save the weights as float32, float16 or bfloat16";
  network.shapes.shapes[today.name] = weight_shape(today.name, file.tensors.at(stored).shape);
}

/// The part before an anchor's name in the file, wrappers included.
std::string prefix_in_file(const FoundNetwork& network,
                           const std::vector<std::pair<std::string, std::string>>& members) {
  for (const auto& [name, stored] : members) {
    const bool anchor = std::any_of(std::begin(kAnchors), std::end(kAnchors),
                                    [&name = name](const Anchor& a) { return name == a.name; });
    if (anchor && files::ends_with(stored, name)) return stored.substr(0, stored.size() - name.size());
  }
  return network.prefix;
}

/// Collects the tensors of the network at `place`.
FoundNetwork network_at(const Place& place, const std::set<Place>& places, const PlainNames& names,
                        const StoredNames& file) {
  FoundNetwork network;
  network.kind = place.first;
  network.prefix = place.second;
  network.average = averages_prefix(place.second);
  network.shapes = {file.path, {}, file.metadata};
  const bool alone = std::none_of(places.begin(), places.end(), [&](const Place& other) {
    return other.first != place.first && other.second == place.second;
  });
  std::vector<std::pair<std::string, std::string>> members;  // below the prefix, in the file
  std::set<std::string> inner;
  for (auto it = names.lower_bound(place.second); it != names.end() && begins(it->first, place.second);
       ++it) {
    if (!belongs(it->first, place, places)) continue;
    members.emplace_back(it->first.substr(place.second.size()), it->second);
    inner.insert(members.back().first);
  }
  const int64_t scales = scales_of(inner);
  for (const auto& [name, stored] : members) {
    if (training_only(name) || !(alone || of_kind(name, network.kind))) continue;  // reported as ignored
    take(network, name, stored, scales, file);
  }
  if (network.misfit.empty()) network.misfit = misfit_of(network);
  network.prefix = prefix_in_file(network, members);
  return network;
}

}  // namespace

std::string kind_name(WeightsKind kind) {
  return kind == WeightsKind::Dit ? "DiT" : kind == WeightsKind::KlAutoencoder ? "AutoencoderKL" : "other";
}

std::vector<int64_t> weight_shape(const std::string& name, const std::vector<int64_t>& stored) {
  const bool convolution = stored.size() == 4 && stored[2] == 1 && stored[3] == 1;
  if (convolution && name.find(".attentions.") != std::string::npos) return {stored[0], stored[1]};
  return stored;
}

std::vector<FoundNetwork> networks_in(const StoredNames& file) {
  const PlainNames names = plain_names(file);
  const std::set<Place> places = places_in(names);
  std::vector<FoundNetwork> found;
  for (const Place& place : places) found.push_back(network_at(place, places, names, file));
  std::stable_sort(found.begin(), found.end(), [](const FoundNetwork& a, const FoundNetwork& b) {
    if (a.misfit.empty() != b.misfit.empty()) return a.misfit.empty();
    return a.stored.size() > b.stored.size();
  });
  return found;
}

}  // namespace lf::models
