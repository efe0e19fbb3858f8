// speedrun.json, which strangers hand around: what cannot be a record is refused.
#include "fuzz_target.h"
#include "records/speedrun_record.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  SpeedrunRecord record;
  if (!sound_or_refused([&] { record = parse_record(text_of(data, size), "r.json"); })) return;
  const std::string text = record_text(record);
  require(record_text(parse_record(text, "r.json")) == text, "what was read is written and read again");
  for (const auto& entry : record.entries)
    require(entry.folder.find('/') == std::string::npos && entry.folder != "..",
            "a run lies beside its record");
  departures(record);
}

}  // namespace lf::fuzz
