// The manual page latentflow(1), written from the options' rows in the man macros of troff.
#pragma once

#include <string>
#include <vector>

#include "cli/shell/option_list.h"

namespace lf::cli {

/// The page. `date` is that of the version, as YYYY-MM-DD; "" leaves it out.
std::string man_page(const std::vector<CommandRow>& rows, const std::string& date);

}  // namespace lf::cli
