#include "data/generator.h"

#include <ATen/CPUGeneratorImpl.h>

namespace lf::data {

at::Generator make_generator(uint64_t seed, Purpose purpose, uint64_t counter) {
  return at::make_generator<at::CPUGeneratorImpl>(derived_seed(seed, purpose, counter));
}

}  // namespace lf::data
