// The record of a run's course in its checkpoint: what cannot be one is refused.
#include "base/errors.h"
#include "fuzz_target.h"
#include "records/course.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  try {
    const Course course = parse_course(text_of(data, size), "run");
    const std::string text = course_text(course);
    require(course_text(parse_course(text, "run")) == text, "what was read is written and read again");
    for (const auto& entry : course.entries)
      require(entry.flow_step >= 0 && entry.number >= 0, "steps are counts");
  } catch (const InputError&) {
  }
}

}  // namespace lf::fuzz
