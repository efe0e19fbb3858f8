// The optimiser of a network, and which of its weights count as hidden matrices.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/parameter_set.h"
#include "optim/muon.h"
#include "optim/optimizer.h"
#include "training/accelerator.h"

namespace lf::training {

struct OptimizerOptions {
  bool muon = false;   ///< for the hidden matrices; AdamW for the other parameters, or for all
  double rate = 1e-3;  ///< peak of AdamW's learning rate
  double muon_rate = 0.02;
  optim::AdamWOptions adamw;
  int64_t muon_turns = optim::MuonOptions{}.turns;                ///< steps between two updates of a matrix
  kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32;  ///< of Muon's products
};

/// The weights whose names begin with `prefix` and that have at least 16 rows and 16 columns, with
/// convolutions as (outputs, inputs·kernel) matrices, in the order of the flat buffer. Queries,
/// keys and values packed into one weight count as three.
std::vector<optim::FlatMatrix> hidden_matrices(const models::ParameterSet& parameters,
                                               const std::string& prefix = "");

/// Works on the parameters' flat buffers. `prefix` as above.
std::unique_ptr<optim::Optimizer> make_optimizer(const models::ParameterSet& parameters,
                                                 const OptimizerOptions& options,
                                                 const std::string& prefix = "");

/// The range of the flat buffer with the parameters whose names begin with `prefix`; they are
/// contiguous.
struct ParameterRange {
  int64_t first = 0, count = 0;
  at::Tensor of(const at::Tensor& flat) const { return flat.narrow(0, first, count); }
};
ParameterRange range_of(const models::ParameterSet& parameters, const std::string& prefix);

/// An optimiser of that range alone: it neither reads nor writes the other parameters and their gradients.
/// Its moments are those of the range.
std::unique_ptr<optim::Optimizer> make_range_optimizer(const models::ParameterSet& parameters,
                                                       const OptimizerOptions& options,
                                                       const std::string& prefix);

/// The same buffers for a device, on which they already are: `optimizer` is an AdamW, `average` may
/// be undefined.
OptimizerMemory device_memory(const models::ParameterSet& parameters, const optim::Optimizer& optimizer,
                              const at::Tensor& average = {});

}  // namespace lf::training
