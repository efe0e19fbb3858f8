// The diffusion transformer DiT with adaLN-Zero (Peebles & Xie 2023), with the tensor names of its
// Python code. Unconditional, it is the velocity network of the reference system; conditional, it
// is the network of the paper.
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <utility>
#include <vector>

#include "models/velocity_net.h"

namespace lf::models {

/// Dimensions of the time embedding's input.
constexpr int64_t kDitTimeFeatures = 256;
/// The table of a conditional DiT: a row for each class and one for none.
inline constexpr const char* kDitLabelTable = "y_embedder.embedding_table.weight";

/// Shape of one DiT. The defaults are DiT-B/2 on 4×4×4 latents: 129,534,736 trainable parameters.
struct DitConfig {
  int64_t input_size = 4;  ///< side of a latent
  int64_t patch = 2;       ///< side of a token; divides input_size
  int64_t channels = 4;
  int64_t width = 768;  ///< numbers per token, a multiple of 4 and of heads
  int64_t depth = 12;   ///< blocks
  int64_t heads = 12;
  double mlp_ratio = 4;
  bool labelled = false;  ///< a table of classes, whose rows are added to the embedded time

  int64_t grid() const { return input_size / patch; }
  int64_t tokens() const { return grid() * grid(); }
};

/// The whole numbers of a shape under the names that weights files give them.
using DitSizes = std::vector<std::pair<const char*, int64_t>>;
DitSizes dit_sizes(const DitConfig& config);

/// Throws InputError where the sizes do not fit together.
void check_dit_config(const DitConfig& config);

/// Time t (B), in [0, 1] without scaling → its 256 sinusoids (B, 256): 128 cosines, then 128 sines,
/// frequencies 10000^(−k/128).
at::Tensor dit_time_features(const at::Tensor& t);

/// Fixed two-dimensional sin-cos positions (1, grid², width): the first half of the width from the column,
/// the second from the row, each sines then cosines with frequencies 10000^(−k/(width/4)).
at::Tensor dit_positions(int64_t grid, int64_t width);

/// x (B, C, S, S) → tokens (B, T, C·patch²) in raster order, each (channel, row, column): the order of the
/// patch convolution's weights.
at::Tensor dit_patchify(const at::Tensor& x, const DitConfig& config);

/// Output tokens (B, T, patch²·C), each (row in patch, column in patch, channel), → (B, C, S, S).
at::Tensor dit_unpatchify(const at::Tensor& tokens, const DitConfig& config);

/// The inverse of dit_unpatchify: a velocity (B, C, S, S) as output tokens (B, T, patch²·C).
at::Tensor dit_output_tokens(const at::Tensor& velocity, const DitConfig& config);

/// Names and shapes of its trainable tensors, in the order in which the Python modules declare them.
std::vector<ParameterSpec> dit_layout(const DitConfig& config);

/// v_θ(x, t), with labels v_θ(x, t, class). Output and modulation start at zero: an untrained
/// network gives v ≡ 0.
class Dit : public VelocityNet {
 public:
  /// Xavier-uniform linear layers (the patch convolution as a matrix), time layers N(0, 0.02²), modulation
  /// and output zero. Throws InputError (see check_dit_config).
  Dit(const DitConfig& config, at::Generator generator, bool trainable);

  /// x (B, C, S, S), t (B) in [0, 1] → velocity (B, C, S, S), unconditional.
  at::Tensor forward(const at::Tensor& x, const at::Tensor& t) const;
  at::Tensor forward(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels) const override;
  at::Tensor probe(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels,
                   VelocityProbe& probe) const override;
  bool labelled() const override { return config_.labelled; }
  std::unique_ptr<VelocityNet> shadow() const override;
  std::unique_ptr<VelocityNet> copy() const override;
  void move_to(at::Device device, bool trainable) override;
  int64_t slice_digits() const override { return digits_in_slice(flop_per_digit(), parameters_.device()); }
  double flop_per_digit() const override;

  const DitConfig& config() const { return config_; }
  ParameterSet& parameters() override { return parameters_; }
  const ParameterSet& parameters() const override { return parameters_; }
  /// Fixed positions (1, T, W); part of a weights file, never trained.
  const at::Tensor& positions() const { return positions_; }
  /// Takes positions of the same shape from a file, which another program may have rounded.
  void set_positions(const at::Tensor& positions);

 private:
  Dit(const DitConfig& config, ParameterSet parameters, at::Tensor positions);

  at::Tensor linear(const at::Tensor& x, const std::string& name) const;
  /// With a probe, records the weights of attention.
  at::Tensor attention(const at::Tensor& h, const std::string& block, BlockProbe* probe) const;
  at::Tensor mlp(const at::Tensor& h, const std::string& block) const;
  /// The rows (count, W) of the label table for labels (count), or for no label if they are
  /// undefined.
  at::Tensor embedded_labels(const at::Tensor& labels, int64_t count) const;
  /// The whole forward pass on the device of the weights; `labels` (B) may be undefined:
  /// unconditional. `probe` may be null.
  at::Tensor run(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels,
                 VelocityProbe* probe) const;

  DitConfig config_;
  ParameterSet parameters_;
  at::Tensor positions_;
};

}  // namespace lf::models
