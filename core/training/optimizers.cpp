#include "training/optimizers.h"

#include "files/ends_with.h"

namespace lf::training {
namespace {

constexpr int64_t kSmallestSide = 16;

/// Weights made of several square ones: queries, keys and values; shifts, scales and gates.
bool packed(const std::string& name) {
  return files::ends_with(name, "qkv.weight") || files::ends_with(name, "modulation.weight");
}

void add_matrices(std::vector<optim::FlatMatrix>& matrices, const models::ParameterSpec& spec,
                  const at::Tensor& values, int64_t first) {
  if (values.dim() < 2) return;
  const int64_t columns = values.numel() / values.size(0),
                parts = packed(spec.name) ? values.size(0) / columns : 1;
  const int64_t rows = values.size(0) / parts;
  if (rows < kSmallestSide || columns < kSmallestSide) return;
  for (int64_t i = 0; i < parts; ++i)
    matrices.push_back({values.storage_offset() - first + i * rows * columns, rows, columns});
}

}  // namespace

std::vector<optim::FlatMatrix> hidden_matrices(const models::ParameterSet& parameters,
                                               const std::string& prefix) {
  std::vector<optim::FlatMatrix> matrices;
  for (size_t i = 0; i < parameters.size(); ++i) {
    const models::ParameterSpec& spec = parameters.specs()[i];
    if (spec.name.rfind(prefix, 0) == 0)
      add_matrices(matrices, spec, parameters[i], parameters.flat().storage_offset());
  }
  return matrices;
}

static optim::MuonOptions muon_options(const OptimizerOptions& o) {
  optim::MuonOptions options;
  options.adamw = o.adamw;
  options.rate_ratio = o.muon_rate / o.rate;
  options.turns = o.muon_turns;
  options.arithmetic = o.arithmetic;
  return options;
}

std::unique_ptr<optim::Optimizer> make_optimizer(const models::ParameterSet& parameters,
                                                 const OptimizerOptions& o, const std::string& prefix) {
  if (!o.muon) return std::make_unique<optim::AdamW>(parameters.flat(), parameters.flat_gradient(), o.adamw);
  return std::make_unique<optim::Muon>(parameters.flat(), parameters.flat_gradient(),
                                       hidden_matrices(parameters, prefix), muon_options(o));
}

ParameterRange range_of(const models::ParameterSet& parameters, const std::string& prefix) {
  ParameterRange range;
  const int64_t begin = parameters.flat().storage_offset();
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (parameters.specs()[i].name.rfind(prefix, 0) != 0) continue;
    if (range.count == 0) range.first = parameters[i].storage_offset() - begin;
    range.count += parameters[i].numel();
  }
  return range;
}

std::unique_ptr<optim::Optimizer> make_range_optimizer(const models::ParameterSet& parameters,
                                                       const OptimizerOptions& o, const std::string& prefix) {
  const ParameterRange range = range_of(parameters, prefix);
  const at::Tensor weights = range.of(parameters.flat()), gradient = range.of(parameters.flat_gradient());
  if (!o.muon) return std::make_unique<optim::AdamW>(weights, gradient, o.adamw);
  auto matrices = hidden_matrices(parameters, prefix);
  for (optim::FlatMatrix& matrix : matrices) matrix.offset -= range.first;
  return std::make_unique<optim::Muon>(weights, gradient, std::move(matrices), muon_options(o));
}

OptimizerMemory device_memory(const models::ParameterSet& parameters, const optim::Optimizer& optimizer,
                              const at::Tensor& average) {
  const optim::Moments& moments = optimizer.moments();
  return {parameters.flat(), parameters.flat_gradient(),
          moments.first,     moments.second,
          average,           dynamic_cast<const optim::AdamW&>(optimizer).options()};
}

}  // namespace lf::training
