// sweep.json, which may come from anyone: invalid records are refused, and no run lies elsewhere.
#include "fuzz_target.h"
#include "records/sweep_record.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  records::SweepRecord record;
  if (!sound_or_refused([&] { record = records::parse_sweep_record(text_of(data, size), "sweep.json"); }))
    return;
  const std::string text = records::sweep_record_text(record);
  require(records::sweep_record_text(records::parse_sweep_record(text, "sweep.json")) == text,
          "what was read is written and read again");
  for (const auto& run : record.runs)
    require(run.name.find('/') == std::string::npos && run.name[0] != '.', "a run lies beside its record");
  records::sweep_table(record.plan, record.runs);
  records::sweep_csv(record.plan, record.runs);
}

}  // namespace lf::fuzz
