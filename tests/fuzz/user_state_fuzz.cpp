// The window's stored state. A damaged file must not prevent the start: nothing is thrown.
#include "app/user_state.h"
#include "fuzz_target.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  const app::UserState state = app::parse_user_state(text_of(data, size));
  require(state.width >= 480 && state.height >= 360 && state.width <= 16384 && state.height <= 16384,
          "the window has a size");
  require(state.view.font_scale >= 0.6f && state.view.font_scale <= 3.0f, "letters can be read");
  require(state.view.speed >= 0.05 && state.view.speed <= 8.0, "time goes on");
  const std::string text = app::user_state_text(state);
  require(app::user_state_text(app::parse_user_state(text)) == text, "what is written reads back");
}

}  // namespace lf::fuzz
