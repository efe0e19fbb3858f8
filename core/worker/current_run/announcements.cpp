#include "worker/current_run/announcements.h"

#include <cstdio>

#include "base/time_text.h"

namespace lf::worker {

std::string plan_text(const Workspace& work) {
  const run::RunStatus run = work.run->status();
  const records::RunPlan& plan = run.plan;
  const int64_t decoder_steps = plan.autoencoder_steps - plan.encoder_steps;
  std::string text = "plan: ";
  if (plan.encoder_steps > 0)
    text += with_thousands(plan.encoder_steps) + " autoencoder steps of " +
            spoken_duration(run.speed.autoencoder) + ", then ";
  text += with_thousands(plan.flow_steps) + " flow steps of " + spoken_duration(run.speed.flow);
  if (decoder_steps > 0)
    text += " and beside them " + with_thousands(decoder_steps) + " decoder steps of " +
            spoken_duration(run.speed.decoder);
  if (work.run->accelerator() && !run::freezes_at_end(work.model->settings) && plan.autoencoder_steps > 0)
    text += " (on this device the encoder is not frozen early: autoencoder.freeze=end)";
  if (!work.model->net->labelled())
    text += "; the autoencoder is " + inference::autoencoder_words(*work.model);
  text += run.seconds_left > 0 ? "; about " + spoken_duration(run.seconds_left) + " in all" : "";
  return text;
}

std::string flow_text(const Workspace& work) {
  const double start_loss = work.run->status().start_loss;
  if (start_loss == 0) return "";  // known for independent pairs only
  char text[200];
  std::snprintf(text, sizeof text, "the flow begins; the loss of an untrained network is %s%.3f",
                models::preconditioned(work.model->settings) ? "" : "E[x1²] + (1 − σ_min)² = ", start_loss);
  return text;
}

}  // namespace lf::worker
