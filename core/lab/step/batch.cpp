#include "lab/step/batch.h"

#include "training/flow/batch.h"
#include "training/optimizers.h"

namespace lf::lab {
training::FlowBatch training_batch(const inference::Model& model, const LatentStore::Split& train,
                                   const at::Tensor& rows, uint64_t seed, uint64_t counter) {
  const training::BatchDraw draw{flow::time_law_from_name(model.settings.flow.time),
                                 model.settings.flow.label_drop, seed,
                                 flow::coupling_law_from_name(model.settings.flow.coupling)};
  return training::draw_flow_batch(train.cache->rows(rows), model.standardisation,
                                   train.labels.index_select(0, rows), draw, counter);
}

std::unique_ptr<optim::Optimizer> new_optimizer(const models::ParameterSet& parameters, const Settings& s) {
  training::OptimizerOptions options{
      s.flow.optimizer == "muon", s.flow.lr, s.flow.muon_lr,
      optim::AdamWOptions{0.9, s.flow.beta2, 1e-8, s.flow.weight_decay, s.flow.clip}};
  options.muon_turns = 1;
  return training::make_optimizer(parameters, options, "blocks.");
}

}  // namespace lf::lab
