#include "run/weights_digest.h"

#include "files/sha256.h"

namespace lf {
namespace {

void add(Sha256& sum, const ParameterSet& parameters) {
  const at::Tensor here = parameters.flat().detach().to(at::kCPU).contiguous();
  sum.update(here.data_ptr(), here.nbytes());
}

}  // namespace

std::string autoencoder_digest(const Model& model) {
  Sha256 sum;
  add(sum, model.autoencoder->parameters());
  return sum.hex();
}

std::string flow_digest(const Model& model) {
  Sha256 sum;
  add(sum, model.net->parameters());
  if (model.averages()) add(sum, model.average->parameters());
  return sum.hex();
}

}  // namespace lf
