// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <cmath>
#include <memory>

#include "fake_lab.h"
#include "lab/field/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_field(const FakeLabScene&) {
  auto f = std::make_shared<LabField>();
  f->plane = "lda", f->t = 0.5, f->side = 17, f->texture = 32, f->extent = 4;
  f->latents = 4000, f->latents_total = 60000;
  const auto fill = [&](LabFieldGrid& grid, float turn) {
    for (int row = 0; row < f->side; ++row) {
      for (int column = 0; column < f->side; ++column) {
        const auto x = static_cast<float>(column - 8), y = static_cast<float>(row - 8);
        grid.arrows.insert(grid.arrows.end(), {turn * y - 0.2f * x, -turn * x - 0.2f * y});
        grid.length.push_back(0.1f * std::hypot(x, y));
      }
    }
    grid.streaks.assign(32 * 32, 128);
  };
  fill(f->learned, 0.4f), fill(f->exact, 0.3f), fill(f->difference, 0.1f);
  for (int i = 0; i < 100; ++i) {
    f->points.insert(f->points.end(), {0.07f * static_cast<float>(i) - 3, std::sin(static_cast<float>(i))});
    f->labels.push_back(static_cast<uint8_t>(i % 10));
  }
  f->learned_length = 0.9, f->exact_length = 1, f->difference_length = 0.1, f->cosine = 0.99;
  return f;
}

namespace net {

LF_NET_FIELDS(LabFieldGrid, arrows, length, streaks)
LF_NET_FIELDS(LabField, plane, t, digit, side, texture, extent, learned, exact, difference, latents,
              latents_total, points, labels, learned_length, exact_length, difference_length, cosine)
LF_NET_LAB_RESULT(field, LabField)

}  // namespace net
}  // namespace lf
