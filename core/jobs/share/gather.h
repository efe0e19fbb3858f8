// Collects the content of a shared page from the files of a run or from a model.
#pragma once

#include <string>
#include <vector>

#include "compare/subject.h"
#include "share/content.h"

namespace lf::jobs {

/// Everything but what has to be sampled: samples and time-lapse. A damaged part is left out with its reason;
/// `notes` gets a line for each. `seed` is that of the first noise.
share::ShareContent gather_share(const compare::Subject& subject, uint64_t seed,
                                 std::vector<std::string>& notes);

}  // namespace lf::jobs
