#include "widgets/image/wipe.h"

#include <algorithm>

#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

void draw_words(const Ui& ui, const Rect& rect, const WipeSpec& spec, float divider) {
  const Rect line{rect.x + ui.px(8), rect.bottom() - ui.px(24), rect.w - ui.px(16), ui.px(20)};
  const Color words = mix(ui.colours().paper, ui.colours().ink, 0.75f);
  const float gap = ui.px(8);
  const Rect left{line.x, line.y, divider - line.x - gap, line.h};
  const Rect right{divider + gap, line.y, line.right() - divider - gap, line.h};
  if (left.w >= text_size(ui, Type::Small, spec.left_word).x) {
    draw_text(ui, left, Type::Small, words, spec.left_word);
  }
  if (right.w >= text_size(ui, Type::Small, spec.right_word).x) {
    draw_text(ui, right, Type::Small, words, spec.right_word, Align::Right);
  }
}

}  // namespace

bool wipe(Ui& ui, const Rect& rect, const WipeSpec& spec, float& share) {
  const Response response = control(ui, rect, spec.info);
  if (!(share >= 0 && share <= 1)) share = 0.5f;  // a file or a script may contain any text, even "nan"
  const float before = share;
  if (response.held) share = std::clamp((ImGui::GetMousePos().x - rect.x) / rect.w, 0.0f, 1.0f);
  const float divider = rect.x + share * rect.w;
  draw()->AddRectFilled(rect.min(), rect.max(), ui.colours().paper, ui.px(6));
  if (spec.left != nullptr) spec.left->draw_ink_between(rect, spec.index, ui.colours().ink, rect.x, divider);
  if (spec.right != nullptr)
    spec.right->draw_ink_between(rect, spec.index, ui.colours().ink, divider, rect.right());
  draw_words(ui, rect, spec, divider);
  const Color line = ui.colours().accent;
  draw()->AddLine({divider, rect.y}, {divider, rect.bottom()}, line, ui.px(2));
  draw()->AddCircleFilled({divider, rect.center().y}, ui.px(response.hovered ? 8 : 7), line);
  draw()->AddCircleFilled({divider, rect.center().y}, ui.px(2.5f), ui.colours().on_accent);
  if (response.hovered || response.held) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  return share != before;
}

}  // namespace lf::app::widgets
