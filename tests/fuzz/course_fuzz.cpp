// The provenance of a run in its checkpoint: invalid content is rejected.
#include "base/errors.h"
#include "fuzz_target.h"
#include "records/provenance.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  try {
    const records::Provenance provenance = records::parse_provenance(text_of(data, size), "run");
    const std::string text = records::provenance_text(provenance);
    require(records::provenance_text(records::parse_provenance(text, "run")) == text,
            "what was read is written and read again");
    for (const auto& entry : provenance.entries)
      require(entry.flow_step >= 0 && entry.number >= 0, "steps are counts");
  } catch (const InputError&) {
  }
}

}  // namespace lf::fuzz
