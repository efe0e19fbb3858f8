#include "run/weights_digest.h"

#include "files/sha256.h"

namespace lf::run {
namespace {

void add(files::Sha256& sum, const models::ParameterSet& parameters) {
  const at::Tensor here = parameters.flat().detach().to(at::kCPU).contiguous();
  sum.update(here.data_ptr(), here.nbytes());
}

}  // namespace

std::string autoencoder_digest(const inference::Model& model) {
  files::Sha256 sum;
  add(sum, model.autoencoder->parameters());
  return sum.hex();
}

std::string flow_digest(const inference::Model& model) {
  files::Sha256 sum;
  add(sum, model.net->parameters());
  if (model.averages()) add(sum, model.average->parameters());
  return sum.hex();
}

}  // namespace lf::run
