// Couplings: how noise and latents of a batch are paired, independently or by optimal transport.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lf::flow {

/// How the pairs of a batch are made.
enum class CouplingLaw {
  Independent,       ///< the order in which both were sampled
  OptimalTransport,  ///< least squared distance over the batch (Pooladian et al. 2023; Tong et al. 2024)
  LabelAware,        ///< the same within each class: a class keeps the noise that was sampled for it
};

/// Identifier and coupling, in the order of the menus.
const std::vector<std::pair<std::string, CouplingLaw>>& coupling_laws();

/// The coupling with that identifier. InputError, listing the known ones, when there is none.
CouplingLaw coupling_law_from_name(const std::string& name);

/// How far the noise of each class is from the prior. Optimal transport over a mixed batch gives
/// each class the noise that lies towards it. Sampling this class then starts from noise that
/// training never paired with it.
struct ClassSkew {
  /// Squared norm of the mean noise of a class in excess of an independent coupling, weighted by
  /// the classes' shares: `sum_c n_c/n (|mean_c|^2 - D/n_c)`. Its mean is 0 where noise and classes
  /// are independent.
  double excess = 0;
  double deviations = 0;  ///< the same in standard deviations under independence: sum_c n_c |mean_c|^2 is
                          ///< chi-squared
};

/// noise: (n, ...), row i paired with labels (n), integers; n >= 1. InputError when the counts differ.
ClassSkew class_skew(const at::Tensor& noise, const at::Tensor& labels);

/// Pairs of one batch.
struct Coupling {
  at::Tensor noise_row;           ///< (n) int64: the row of x0 that is paired with each row of x1; a
                                  ///< permutation
  double cost = 0;                ///< mean over pairs of |x1 - x0|^2, summed over coordinates
  double independent_cost = 0;    ///< the same for the independent coupling
  std::optional<ClassSkew> skew;  ///< if there are labels
};

/// x0 noise, x1 latents: (n, ...), n >= 1; labels: (n) integers, or undefined (not for LabelAware). Grows
/// with n^3: a batch of 256 takes a few milliseconds. InputError for shapes or labels that do not fit.
Coupling couple(CouplingLaw law, const at::Tensor& x0, const at::Tensor& x1, const at::Tensor& labels = {});

}  // namespace lf::flow
