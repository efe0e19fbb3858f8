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
  const auto tensors = to_tensors(std::move(file));
  EXPECT_EQ(tensors.size(), 2u);
  EXPECT_EQ(tensors.at("b.x").item<float>(), 1);
}

TEST(TensorIo, RefusesUnknownTypesAndSizes) {
  TensorBytes bytes = file_bytes(at::ones({2}));
  --bytes.borrowed.size;
  EXPECT_THROW(to_tensor(bytes, "x"), InputError);
  bytes.dtype = "F8";
  EXPECT_THROW(to_tensor(bytes, "x"), InputError);
}

}  // namespace
}  // namespace lf
