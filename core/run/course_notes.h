// Writes down what happens to a run while it happens.
#pragma once

#include "inference/model.h"
#include "records/course.h"
#include "training/accelerator.h"

namespace lf {

class CourseNotes {
 public:
  /// `model` outlives it.
  explicit CourseNotes(const Model& model) : model_(model) {}

  const Course& course() const { return course_; }
  Course& course() { return course_; }
  /// A session begins: notes the environment, where that is not what it was.
  void begin_session(const Accelerator* accelerator);
  void note(CourseEntry::What what, double number);
  /// Notes the weights that a step changed, where it is one of the marked ones or the `last` of its kind.
  void note_weights(bool of_flow, int64_t step, bool last);

 private:
  const Model& model_;
  Course course_;
};

}  // namespace lf
