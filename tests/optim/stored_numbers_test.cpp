#include "optim/stored_numbers.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "expect_error.h"

namespace lf::testing {
namespace {

TEST(StoredNumbers, AreReadInAnyShape) {
  const std::map<std::string, at::Tensor> tensors{{"a", at::arange(4, at::kLong).view({2, 2}).t()},
                                                  {"b", at::full({1, 1}, 0.5, at::kDouble)}};
  EXPECT_EQ(optim::stored_integers(tensors, "a", 4, 3, "f"), (std::vector<int64_t>{0, 2, 1, 3}));
  EXPECT_EQ(optim::stored_doubles(tensors, "b", 1, "f"), std::vector<double>{0.5});
}

TEST(StoredNumbers, RefuseWhatIsMissingOrOfAnotherKind) {
  const std::map<std::string, at::Tensor> tensors{{"a", at::arange(3, at::kLong)},
                                                  {"b", at::zeros({3}, at::kDouble)}};
  expect_error<InputError>("f: the training state c is missing",
                           [&] { optim::stored_integers(tensors, "c", 1, 9, "f"); });
  expect_error<InputError>("another size", [&] { optim::stored_integers(tensors, "a", 2, 9, "f"); });
  expect_error<InputError>("type", [&] { optim::stored_integers(tensors, "b", 3, 9, "f"); });
  expect_error<InputError>("type", [&] { optim::stored_doubles(tensors, "a", 3, "f"); });
  expect_error<InputError>("a cannot be 2", [&] { optim::stored_integers(tensors, "a", 3, 1, "f"); });
  expect_error<InputError>("cannot be -1", [&] {
    optim::stored_integers({{"a", at::full({1}, -1, at::kLong)}}, "a", 1, 9, "f");
  });
}

}  // namespace
}  // namespace lf::testing
