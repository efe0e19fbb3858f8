// A message across the page, with a cross to dismiss it and at most one button.
#pragma once

#include <string>

#include "widgets/control/button.h"

namespace lf::app::widgets {

enum class BannerKind { Info, Success, Warning, Error };

struct BannerSpec {
  std::string name;  ///< in the ui-map; its cross is NAME.dismiss, its action NAME.action
  BannerKind kind = BannerKind::Info;
  std::string text;
  std::string action;  ///< label of a button at the right; "" none
};
struct BannerResult {
  bool dismissed = false, acted = false;
};
/// Draws it into `rect`; see banner_height.
BannerResult banner(Ui& ui, const Rect& rect, const BannerSpec& spec);
/// The height its text needs at this width.
float banner_height(const Ui& ui, float width, const BannerSpec& spec);

}  // namespace lf::app::widgets
