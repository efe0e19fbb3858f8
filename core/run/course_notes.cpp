#include "run/course_notes.h"

#include "run/environment.h"
#include "run/weights_digest.h"

namespace lf {

void CourseNotes::begin_session(const Accelerator* accelerator) {
  const Environment now = this_environment(accelerator, model_.settings);
  const Environment* last = course_.last_environment();
  if (last && *last == now) return;
  note(CourseEntry::What::Session, 0);
  course_.entries.back().environment = now;
}

void CourseNotes::note(CourseEntry::What what, double number) {
  CourseEntry entry;
  entry.what = what;
  entry.number = number;
  entry.autoencoder_step = model_.autoencoder_steps;
  entry.flow_step = model_.flow_steps;
  course_.entries.push_back(entry);
}

void CourseNotes::note_weights(bool of_flow, int64_t step, bool last) {
  if (!last && !is_marked_step(step)) return;
  const bool beside = !of_flow && model_.flow_steps > 0;
  note(beside ? CourseEntry::What::Decoder : CourseEntry::What::Weights, 0);
  course_.entries.back().digest = of_flow ? flow_digest(model_) : autoencoder_digest(model_);
}

}  // namespace lf
