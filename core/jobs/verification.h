// Checks of a network against numbers that the reference system's Python stack computed.
#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lf {

/// One compared quantity. Relative error of a tensor: max|a − b| / max|b|, of a scalar |a − b| / |b|.
struct VerifyRow {
  std::string quantity;
  double max_rel = 0;
  double tolerance = 1e-4;
  bool ok = true;
  std::string note;  ///< "" or what a person should know beside the number
};

/// The largest relative error of `ours` against `reference` as a row; misshapen or not finite never passes.
VerifyRow compare(const std::string& quantity, const at::Tensor& ours, const at::Tensor& reference,
                  double tolerance);

/// One step of a verification: computes something and adds its rows.
using VerifyStep = std::function<void(std::vector<VerifyRow>& rows)>;

/// Reads the steps for a DiT or an AutoencoderKL. `notes` receives lines for people. Throws InputError where
/// the vectors lack what is needed.
std::vector<VerifyStep> dit_verification(const std::string& weights, const std::string& vectors,
                                         int64_t heads, bool raw, std::vector<std::string>& notes);
std::vector<VerifyStep> kl_verification(const std::string& weights, const std::string& vectors, bool raw,
                                        std::vector<std::string>& notes);

/// The tensor `name` of a vectors file in float32. Throws InputError naming the file.
at::Tensor vector_of(const std::map<std::string, at::Tensor>& vectors, const std::string& name,
                     const std::string& file);

}  // namespace lf
