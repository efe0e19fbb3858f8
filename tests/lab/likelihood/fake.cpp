// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <cmath>
#include <memory>

#include "fake_lab.h"
#include "lab/likelihood/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_likelihood(const FakeLabScene& scene) {
  auto found = std::make_shared<LabLikelihood>();
  found->planned = 400, found->planned_exact = 200, found->probes = 2;
  for (int i = 0; i < 120; ++i) {
    found->labels.push_back(static_cast<uint8_t>(i % 10));
    found->bits.push_back(1.2f + 0.04f * static_cast<float>(i % 10) + 0.001f * static_cast<float>(i));
    found->error.push_back(0.02f);
  }
  found->exact.assign(found->bits.begin(), found->bits.begin() + 40);
  for (size_t k = 0; k < 10; ++k)
    found->mean[k] = 1.25 + 0.04 * static_cast<double>(k), found->spread[k] = 0.2,
    found->mean_error[k] = 0.02;
  found->mean[9] = std::nan("");
  found->overall = 1.4, found->overall_error = 0.01, found->bias = 0.001, found->rms = 0.02,
  found->correlation = 0.99;
  for (int64_t i = 0; i < 24; ++i) found->most.push_back(i), found->least.push_back(119 - i);
  for (int i = 0; i < 2; ++i) found->pictures.append(scene.digits(24));
  return found;
}

namespace net {

LF_NET_FIELDS(LabLikelihood, labelled, planned, planned_exact, probes, labels, bits, error, exact, mean,
              spread, mean_error, overall, overall_error, bias, rms, correlation, most, least, pictures)
LF_NET_LAB_RESULT(likelihood, LabLikelihood)

}  // namespace net
}  // namespace lf
