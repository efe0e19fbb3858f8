// speedrun.json, which may come from anyone: invalid records are rejected.
#include "fuzz_target.h"
#include "records/speedrun_record.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  records::SpeedrunRecord record;
  if (!sound_or_refused([&] { record = records::parse_record(text_of(data, size), "r.json"); })) return;
  const std::string text = records::record_text(record);
  require(records::record_text(records::parse_record(text, "r.json")) == text,
          "what was read is written and read again");
  for (const auto& entry : record.entries)
    require(entry.folder.find('/') == std::string::npos && entry.folder != "..",
            "a run lies beside its record");
  records::departures(record);
}

}  // namespace lf::fuzz
