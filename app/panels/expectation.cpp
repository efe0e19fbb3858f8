#include "panels/expectation.h"

#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// "in about 20 s", from the remaining autoencoder steps; rounded, because it is an estimate.
std::string until_flow(const RunBlock& run) {
  if (run.steps_per_second <= 0) return "after it";
  const double seconds = static_cast<double>(run.encoder_total - run.autoencoder_step) / run.steps_per_second;
  return "in about " + widgets::duration_text(seconds < 10 ? 5 : 10 * static_cast<int>(seconds / 10 + 0.5));
}

std::string while_running(const Snapshot& snapshot, Awaited what) {
  const RunBlock& run = *snapshot.run;
  const bool first_part = run.phase == Phase::Autoencoder;  // later stages begin at step 0 as well
  if (what == Awaited::AutoencoderStep || (first_part && run.step == 0))
    return "The machine's speed is being measured; the first steps follow in a moment.";
  if (first_part) return "The autoencoder is trained first; the flow begins " + until_flow(run) + ".";
  if (run.phase == Phase::Latents) return "The digits are being encoded; the flow begins in a moment.";
  if (what == Awaited::Score) {
    const int interval = static_cast<int>(snapshot.settings->values.quality.interval);
    return "The first one begins after " + std::to_string(interval) +
           " s of training and takes a few more seconds.";
  }
  return "The flow has begun; the first result appears in a moment.";
}

}  // namespace

std::string when_it_comes(const Snapshot& snapshot, Awaited what) {
  const RunBlock& run = *snapshot.run;
  if (run.running) return while_running(snapshot, what);
  if (run.phase == Phase::Loading) return "The model is still being loaded.";
  return run.resumable ? "Press Resume (Space) to continue." : "Press Train (Space) to begin.";
}

}  // namespace lf::app::panels
