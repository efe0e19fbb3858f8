#include "models/tensor_io.h"

#include <gtest/gtest.h>

#include "messages/errors.h"

namespace lf {
namespace {

TEST(TensorIo, RoundTripKeepsTypeShapeAndValues) {
  for (const auto type : {at::kFloat, at::kDouble, at::kLong, at::kByte, at::kInt}) {
    const at::Tensor value = at::arange(12).view({3, 4}).to(type).t();  // not contiguous on purpose
    const at::Tensor back = to_tensor(file_bytes(value), "x");
    EXPECT_EQ(back.scalar_type(), type);
    EXPECT_TRUE(at::equal(back, value));
  }
}

TEST(TensorIo, HalfPrecisionBecomesSingle) {
  const at::Tensor value = at::tensor({1.5f, -2.25f});
  for (const auto type : {at::kHalf, at::kBFloat16}) {
    const at::Tensor back = to_tensor(file_bytes(value.to(type)), "x");
    EXPECT_EQ(back.scalar_type(), at::kFloat);
    EXPECT_TRUE(at::equal(back, value));
  }
}

TEST(TensorIo, PrefixSelects) {
  Safetensors file;
  add_tensors(file, {{"a.x", at::ones({1})}, {"b.x", at::ones({1})}});
  EXPECT_EQ(to_tensors(file, "a.").size(), 1u);
  EXPECT_EQ(to_tensors(file).size(), 2u);
}

TEST(TensorIo, RefusesUnknownTypesAndSizes) {
  TensorBytes bytes = file_bytes(at::ones({2}));
  bytes.bytes.pop_back();
  EXPECT_THROW(to_tensor(bytes, "x"), InputError);
  bytes.dtype = "F8";
  EXPECT_THROW(to_tensor(bytes, "x"), InputError);
}

}  // namespace
}  // namespace lf
