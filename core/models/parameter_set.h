// Named parameters side by side in one flat buffer, and their gradients in another. Optimiser,
// weight average, clipping and checkpoints then process one long vector instead of dozens of small
// ones.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace lf::models {

/// Initialisation of a parameter.
struct Initial {
  enum class Kind { Zero, One, Normal, Uniform } kind = Kind::Zero;
  double scale = 0;  ///< standard deviation (Normal) or half-width (Uniform)

  static Initial zero() { return {}; }
  static Initial one() { return {Kind::One, 1}; }
  static Initial normal(double deviation) { return {Kind::Normal, deviation}; }
  static Initial uniform(double half_width) { return {Kind::Uniform, half_width}; }
};

/// A network's declaration of a parameter, before memory is allocated.
struct ParameterSpec {
  std::string name;  ///< e.g. "blocks.0.qkv.weight"
  std::vector<int64_t> shape;
  Initial initial;
};

/// Compares a network's declarations with the names and shapes of a file. Lists every missing,
/// unexpected (unless `others_allowed`) and misshapen tensor; "" if all fit.
std::string shape_problems(const std::vector<ParameterSpec>& specs,
                           const std::map<std::string, std::vector<int64_t>>& shapes,
                           const std::string& prefix, bool others_allowed);

/// Compares what a network declares with the tensors of a file. Throws InputError naming `file` that lists
/// every missing, unexpected (unless `others_allowed`) and misshapen tensor and every one with values that
/// are not finite. Allocates nothing: a file cannot make the program reserve more than the file holds.
void check_fit(const std::vector<ParameterSpec>& specs, const std::map<std::string, at::Tensor>& tensors,
               const std::string& prefix, const std::string& file, bool others_allowed);

/// The memory behind a network's parameters.
class ParameterSet {
 public:
  /// Lays `specs` out in one buffer and fills it from `generator`. With `trainable`, every parameter is an
  /// autograd leaf whose gradient accumulates into the flat gradient buffer.
  ParameterSet(std::vector<ParameterSpec> specs, at::Generator generator, bool trainable);

  /// The same values (shared memory) with gradients of their own, so that two threads can each differentiate
  /// half a batch.
  ParameterSet shadow() const;
  /// The same values in memory of their own, not trainable.
  ParameterSet copy() const;

  /// Moves the values to another device, with gradients there if `trainable`. Tensors handed out before keep
  /// the old memory.
  void move_to(at::Device device, bool trainable);
  at::Device device() const { return flat_.device(); }

  /// The parameter declared as the `index`-th, a view of the flat buffer.
  const at::Tensor& operator[](size_t index) const { return views_[index]; }
  /// The parameter with that name. Throws InputError that lists the known ones.
  const at::Tensor& named(const std::string& name) const;
  size_t size() const { return specs_.size(); }
  int64_t count() const { return flat_.numel(); }
  const std::vector<ParameterSpec>& specs() const { return specs_; }

  /// All values (count()) and all gradients (count(), undefined when not trainable).
  const at::Tensor& flat() const { return flat_; }
  const at::Tensor& flat_gradient() const { return flat_gradient_; }

  /// Overwrites the values with another set's of the same layout.
  void copy_from(const ParameterSet& other);
  /// name → value, as stored in files (views, not copies).
  std::map<std::string, at::Tensor> to_map(const std::string& prefix = "") const;
  /// Reads every parameter from `tensors` (names with `prefix`). Throws InputError that lists all
  /// missing and misshapen ones, and for values that are not finite.
  void load(const std::map<std::string, at::Tensor>& tensors, const std::string& prefix,
            const std::string& file);

 private:
  ParameterSet() = default;
  void make_views(bool trainable);

  std::vector<ParameterSpec> specs_;
  std::unordered_map<std::string, size_t> index_;
  at::Tensor flat_, flat_gradient_;
  std::vector<at::Tensor> views_;
};

}  // namespace lf::models
