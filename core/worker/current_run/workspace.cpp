#include "worker/current_run/workspace.h"

namespace lf::worker {

std::string Workspace::step_words() const {
  return model->flow_steps > 0 ? "flow step " + std::to_string(model->flow_steps)
                               : "autoencoder step " + std::to_string(model->autoencoder_steps);
}

}  // namespace lf::worker
