// The HTML page of a run: one file that needs no other one and no network.
#pragma once

#include <string>
#include <vector>

#include "share/content.h"

namespace lf::share {

/// The page. All text of `content` is escaped.
std::string page_html(const ShareContent& content);

/// Weights as base64 of three bytes each, little-endian: a float32 rounded to its upper 24 bits, so with
/// 16 bits of precision.
std::string weights_text(const std::vector<Weight>& weights);

/// JSON for a script element: `<` is escaped, so that no text in it can end the element.
std::string script_json(const std::string& json);

}  // namespace lf::share
