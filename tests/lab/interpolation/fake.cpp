// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <memory>

#include "fake_lab.h"
#include "grey_sheet.h"
#include "lab/interpolation/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_interpolation(const FakeLabScene&) {
  auto found = std::make_shared<LabInterpolation>();
  found->first = 7, found->second = 8, found->first_label = 3, found->second_label = 1;
  found->ends = grey_sheet(2, 120);
  found->frames = 11;
  for (int i = 0; i < 11; ++i) found->share.push_back(0.1f * static_cast<float>(i));
  for (const char* name : {"latent", "flow", "noise"})
    found->films.push_back(
        {name, grey_sheet(11, 80), std::vector<uint8_t>(11, 3), std::vector<float>(11, 0.7f), 1.1});
  return found;
}

namespace net {

LF_NET_FIELDS(LabFilm, name, pictures, seen, certainty, length)
LF_NET_FIELDS(LabInterpolation, first, second, first_label, second_label, ends, frames, share, t, round_trip,
              films)
LF_NET_LAB_RESULT(interpolation, LabInterpolation)

}  // namespace net
}  // namespace lf
