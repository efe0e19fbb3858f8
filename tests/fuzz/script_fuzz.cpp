// Scripts, and the conditions of their waits.
#include "fuzz_target.h"
#include "protocol/script.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  std::vector<ScriptLine> lines;
  if (!sound_or_refused([&] { lines = parse_script(text_of(data, size), "fuzzed"); })) return;
  const Snapshot snapshot;
  for (const ScriptLine& line : lines)
    if (const auto* wait = std::get_if<WaitAction>(&line.action)) wait_satisfied(*wait, snapshot);
}

}  // namespace lf::fuzz
