// Checks a network against numbers computed by the reference system's Python stack.
#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lf::jobs {

/// One compared quantity. Relative error of a tensor: max|a − b| / max|b|, of a scalar |a − b| / |b|.
struct VerifyRow {
  std::string quantity;
  double max_rel = 0;
  double tolerance = 1e-4;
  bool ok = true;
  std::string note;  ///< "" or a remark on the number
};

/// The largest relative error of `ours` against `reference` as a row; other shapes and values that
/// are not finite never pass.
VerifyRow compare(const std::string& quantity, const at::Tensor& ours, const at::Tensor& reference,
                  double tolerance);

/// One step of a verification: computes something and adds its rows.
using VerifyStep = std::function<void(std::vector<VerifyRow>& rows)>;

/// Reads the steps for a DiT or an AutoencoderKL. `notes` receives messages. Throws InputError if
/// the vectors are incomplete.
std::vector<VerifyStep> dit_verification(const std::string& weights, const std::string& vectors,
                                         int64_t heads, bool raw, std::vector<std::string>& notes);
std::vector<VerifyStep> kl_verification(const std::string& weights, const std::string& vectors, bool raw,
                                        std::vector<std::string>& notes);

/// The tensor `name` of a vectors file in float32. Throws InputError naming the file.
at::Tensor vector_of(const std::map<std::string, at::Tensor>& vectors, const std::string& name,
                     const std::string& file);

}  // namespace lf::jobs
