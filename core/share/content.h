// The content of a shared page as plain values: what a run was, what it learned, and its networks.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/snapshot.h"

namespace lf::share {

/// Most weights of networks that run in a page: more would make it large, and slow on a phone.
constexpr int64_t kMostLiveWeights = 1'500'000;

/// A row of a table: name and value.
using Fact = std::pair<std::string, std::string>;

/// A parameter of a network.
struct Weight {
  std::string name;            ///< as in a model file: "blocks.0.qkv.weight"
  std::vector<int64_t> shape;  ///< row-major
  std::vector<float> values;
};

/// Two axes through the space of standardised latents, and known latents on them.
struct LatentPlane {
  std::vector<float> centre;      ///< (64)
  std::vector<float> directions;  ///< (64, 2)
  std::vector<float> points;      ///< (N, 2)
  std::vector<uint8_t> labels;    ///< (N)
};

/// What the page needs to sample by itself.
struct LiveNetwork {
  int64_t patch = 0, width = 0, blocks = 0, heads = 0, hidden = 0;  ///< of the velocity network
  bool precondition = false;
  int64_t channels = 0;             ///< of the decoder's hidden layers
  std::vector<Weight> velocity;     ///< those used for sampling: the average if there is one
  std::vector<Weight> decoder;      ///< names begin with "decoder."
  std::vector<float> shift, scale;  ///< (64) standardisation of the latents
  LatentPlane plane;                ///< without points if no latents are known

  /// Numbers in all weights.
  int64_t count() const;
};

/// The same noise after each mark of the run.
struct TimeLapse {
  std::vector<int64_t> steps;  ///< flow steps, ascending
  int64_t digits = 0;
  ImageSheet images;  ///< (steps, digits)
};

/// A part that is absent has a reason, which the page shows in its place.
struct ShareContent {
  std::string title;  ///< the user's name of the run, else that of its folder or file
  std::string note;
  std::vector<std::string> tags;
  std::string preset, data;
  std::vector<Fact> facts;           ///< seed, steps, digits, program, machine
  std::vector<Fact> digests;         ///< SHA-256
  std::vector<Fact> settings;        ///< all of them, as key and value
  std::vector<std::string> changed;  ///< keys of those that differ from the preset
  std::string reproduce;             ///< command that makes the run again; "" if it is not known
  Score score;
  std::optional<RunCurves> curves;
  std::optional<ReconstructionBlock> reconstructions;
  std::optional<TimeLapse> time_lapse;
  std::optional<LiveNetwork> network;
  std::string no_curves, no_reconstructions, no_time_lapse, no_network;  ///< reasons
  bool labelled = true;

  std::string solver;  ///< of the model's sampler, or the nearest that the page has
  int64_t steps = 1;
  uint64_t seed = 1;            ///< of the first noise
  ImageSheet samples;           ///< ten digits of it, computed by the program in float32
  std::vector<uint8_t> labels;  ///< of these
};

/// The text with every absolute path cut to its last name: "--set autoencoder=/a/b.safetensors" keeps
/// "autoencoder=b.safetensors". A page must not contain folders of the machine that wrote it.
std::string without_folders(const std::string& text);

}  // namespace lf::share
