// label.json of a run folder; what cannot be read is refused, and what is read can be written.
#include "fuzz_target.h"
#include "protocol/run_label.h"
#include "records/label.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  const std::string text = text_of(data, size);
  sound_or_refused([&] {
    const RunLabel label = records::parse_label(text, "label.json");
    require(label_problem(label).empty(), "a label that was read can be stored");
    const std::string stored = records::label_text(label, text);
    require(records::parse_label(stored, "label.json") == label, "a stored label is the same label");
  });
}

}  // namespace lf::fuzz
