// history.csv of a run folder.
#include "fuzz_target.h"
#include "records/history.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  records::History history;
  if (!sound_or_refused([&] { history = records::parse_history(text_of(data, size), "fuzzed"); })) return;
  history.csv();
}

}  // namespace lf::fuzz
