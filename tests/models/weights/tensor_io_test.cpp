#include "models/weights/tensor_io.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"

namespace lf::models {
namespace {

TEST(TensorIo, RoundTripKeepsTypeShapeAndValues) {
  for (const auto type : {at::kFloat, at::kDouble, at::kLong, at::kByte, at::kInt, at::kShort, at::kChar}) {
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

/// The value of a code of one sign, `exponent` and `mantissa` bits (OCP 8-bit floating point,
/// 2023).
double value_of(int code, int mantissa, int bias) {
  const int fraction = code & ((1 << mantissa) - 1), exponent = (code & 0x7f) >> mantissa;
  const double significand = (exponent ? 1 : 0) + std::ldexp(fraction, -mantissa);
  return (code & 0x80 ? -1 : 1) * std::ldexp(significand, (exponent ? exponent : 1) - bias);
}

TEST(TensorIo, EveryCodeOfEightBitFloatingPoint) {
  std::vector<uint8_t> codes(256);
  for (int i = 0; i < 256; ++i) codes[size_t(i)] = uint8_t(i);
  const at::Tensor e4m3 = to_tensor({"F8_E4M3", {256}, codes}, "x"),
                   e5m2 = to_tensor({"F8_E5M2", {256}, codes}, "x"),
                   e8m0 = to_tensor({"F8_E8M0", {256}, codes}, "x");
  for (int i = 0; i < 256; ++i) {
    const double a = e4m3[i].item<double>(), b = e5m2[i].item<double>(), c = e8m0[i].item<double>();
    if ((i & 0x7f) == 0x7f) {
      EXPECT_TRUE(std::isnan(a)) << i;  // E4M3 has no infinity and one NaN of each sign
    } else {
      EXPECT_EQ(a, value_of(i, 3, 7)) << i;
    }
    if ((i & 0x7f) > 0x7c) {
      EXPECT_TRUE(std::isnan(b)) << i;
    } else if ((i & 0x7f) == 0x7c) {
      EXPECT_EQ(b, i < 128 ? INFINITY : -INFINITY);
    } else {
      EXPECT_EQ(b, value_of(i, 2, 15)) << i;
    }
    if (i == 255) {
      EXPECT_TRUE(std::isnan(c));
    } else {
      EXPECT_EQ(c, std::ldexp(1.0, i - 127)) << i;
    }
  }
  EXPECT_EQ(e4m3.scalar_type(), at::kFloat);
}

TEST(TensorIo, PrefixSelects) {
  files::Safetensors file;
  add_tensors(file, {{"a.x", at::ones({1})}, {"b.x", at::ones({1})}});
  const auto tensors = to_tensors(std::move(file));
  EXPECT_EQ(tensors.size(), 2u);
  EXPECT_EQ(tensors.at("b.x").item<float>(), 1);
}

TEST(TensorIo, RefusesUnknownTypesAndSizes) {
  files::TensorBytes bytes = file_bytes(at::ones({2}));
  --bytes.borrowed.size;
  EXPECT_THROW(to_tensor(bytes, "x"), InputError);
  for (const char* type : {"F8", "F4", "F6_E2M3", ""}) {
    bytes.dtype = type;
    EXPECT_THROW(to_tensor(bytes, "x"), InputError);
  }
}

}  // namespace
}  // namespace lf::models
