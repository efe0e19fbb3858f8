// The numbers of a shared page for its scripts.
#pragma once

#include <string>

#include "share/content.h"

namespace lf::share {

/// JSON on one line: sampler, shapes of the weights in their order, latents, curves, steps of the marks.
std::string page_data(const ShareContent& content);

}  // namespace lf::share
