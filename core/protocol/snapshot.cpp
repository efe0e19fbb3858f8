#include "protocol/snapshot.h"

namespace lf {

const char* phase_name(Phase phase) {
  switch (phase) {
    case Phase::Loading:
      return "loading";
    case Phase::Idle:
      return "idle";
    case Phase::Autoencoder:
      return "autoencoder";
    case Phase::Latents:
      return "latents";
    case Phase::Flow:
      return "flow";
    case Phase::Evaluating:
      return "evaluating";
    case Phase::Done:
      return "done";
    case Phase::Failed:
      return "failed";
  }
  return "failed";
}

}  // namespace lf
