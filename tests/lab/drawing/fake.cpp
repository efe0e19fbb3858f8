// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <memory>

#include "fake_lab.h"
#include "grey_sheet.h"
#include "lab/drawing/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_drawing(const FakeLabScene&) {
  auto found = std::make_shared<LabDrawing>();
  found->picture = grey_sheet(1, 60);
  found->reconstruction = grey_sheet(1, 70);
  found->latent.assign(64, 0.5f);
  found->seen = 2, found->certainty = 0.97;
  for (int i = 0; i < 11; ++i) found->t.push_back(1 - 0.1f * static_cast<float>(i));
  found->way = grey_sheet(11, 80);
  found->noise_length = 0.98;
  found->classes = grey_sheet(10, 90);
  found->classes_seen = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  for (const char* solver : {"rk4", "midpoint", "euler"})
    found->round_trips.push_back({solver, 50, 400, 0.0004});
  return found;
}

namespace net {

LF_NET_FIELDS(LabRoundTrip, solver, steps, nfe, error)
LF_NET_FIELDS(LabDrawing, picture, reconstruction, latent, seen, certainty, t, way, noise_length, classes,
              classes_seen, round_trips)
LF_NET_LAB_RESULT(drawing, LabDrawing)

}  // namespace net
}  // namespace lf
