#include "widgets/image/mask_picture.h"

namespace lf::app::widgets {

void MaskPicture::set(const std::vector<uint8_t>& pixels, int side) {
  if (pixels.size() == static_cast<size_t>(side) * static_cast<size_t>(side))
    texture_.upload_mask(side, side, pixels.data());
}

void MaskPicture::draw_ink(const Rect& rect, Color ink) const {
  if (texture_.width() == 0 || rect.empty()) return;
  draw()->AddImage((ImTextureID)(intptr_t)texture_.id(), rect.min(), rect.max(), {0, 0}, {1, 1}, ink);
}

}  // namespace lf::app::widgets
