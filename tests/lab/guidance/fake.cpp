// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <memory>

#include "fake_lab.h"
#include "grey_sheet.h"
#include "lab/guidance/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_guidance(const FakeLabScene&) {
  auto g = std::make_shared<LabGuidance>();
  g->digits = 10;
  g->t = {0, 0.5f, 1};
  g->weights = {0, 0.5, 1, 1.5, 2, 3, 5, 8};
  g->steps = {1, 2, 4, 8, 16};
  g->guesses = grey_sheet(3 * 3 * 10, 90);
  g->null_norm.assign(30, 0.9f), g->digit_norm.assign(30, 1), g->difference_norm.assign(30, 0.3f);
  g->cosine.assign(30, 0.9f);
  g->pictures = grey_sheet(40 * 10, 120);
  g->seen.assign(40 * 10, 5);
  return g;
}

namespace net {

LF_NET_FIELDS(LabGuidance, digits, t, guided, guesses, null_norm, digit_norm, difference_norm, cosine,
              weights, steps, pictures, seen)
LF_NET_LAB_RESULT(guidance, LabGuidance)

}  // namespace net
}  // namespace lf
