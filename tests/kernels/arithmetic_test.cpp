#include "kernels/arithmetic.h"

#include <gtest/gtest.h>

#include "base/errors.h"

namespace lf::kernels {
namespace {

constexpr CpuFeatures kPlain{}, kPlainAmd{true, false, false}, kZen{true, true, false},
    kCooperLake{false, true, false}, kSapphireRapids{false, true, true};

TEST(Arithmetic, AutoTakesTheFasterOne) {
  EXPECT_EQ(arithmetic_for("auto", kSapphireRapids), Arithmetic::BFloat16);
  EXPECT_EQ(arithmetic_for("auto", kZen), Arithmetic::BFloat16);
  EXPECT_EQ(arithmetic_for("auto", kCooperLake), Arithmetic::Float32);  // half the speed of its float32
  EXPECT_EQ(arithmetic_for("auto", kPlainAmd), Arithmetic::Float32);
  EXPECT_EQ(arithmetic_for("auto", kPlain), Arithmetic::Float32);
}

TEST(Arithmetic, TilesBeforeVectors) {
  EXPECT_EQ(bfloat_unit(kSapphireRapids), BFloatUnit::Amx);
  EXPECT_EQ(bfloat_unit(kCooperLake), BFloatUnit::Avx512);
  EXPECT_EQ(bfloat_unit(kPlain), BFloatUnit::None);
}

TEST(Arithmetic, WhatIsAskedForIsDoneOrRefused) {
  EXPECT_EQ(arithmetic_for("float32", kSapphireRapids), Arithmetic::Float32);
  EXPECT_EQ(arithmetic_for("bfloat16", kCooperLake), Arithmetic::BFloat16);
  for (const CpuFeatures& features : {kPlain, kPlainAmd}) {
    try {
      arithmetic_for("bfloat16", features);
      FAIL() << "bfloat16 was not refused";
    } catch (const InputError& error) {
      EXPECT_NE(std::string(error.what()).find("neither AMX nor AVX512_BF16"), std::string::npos);
    }
  }
}

TEST(Arithmetic, IsNamedWithItsUnit) {
  EXPECT_EQ(arithmetic_name(Arithmetic::Float32, BFloatUnit::Amx), "float32");
  EXPECT_EQ(arithmetic_name(Arithmetic::BFloat16, BFloatUnit::Amx), "bfloat16 (AMX)");
  EXPECT_EQ(arithmetic_name(Arithmetic::BFloat16, BFloatUnit::Avx512), "bfloat16 (AVX512_BF16)");
}

TEST(CpuFeatures, AreHiddenByName) {
  EXPECT_FALSE(masked(kSapphireRapids, "amx").amx);
  EXPECT_TRUE(masked(kSapphireRapids, "amx").avx512_bf16);
  EXPECT_EQ(bfloat_unit(masked(kSapphireRapids, "avx512_bf16")), BFloatUnit::None);  // the tiles need it
  EXPECT_EQ(bfloat_unit(masked(kSapphireRapids, "amx,avx512_bf16")), BFloatUnit::None);
  EXPECT_EQ(bfloat_unit(masked(kSapphireRapids, "")), BFloatUnit::Amx);
  EXPECT_THROW(masked(kZen, "avx2"), InputError);
}

}  // namespace
}  // namespace lf::kernels
