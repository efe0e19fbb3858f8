#include "models/weights/names.h"

#include <gtest/gtest.h>

#include <set>

#include "foreign_names.h"
#include "models/kl_layout.h"

namespace lf::models {
namespace {

std::vector<std::string> own_names() {
  std::vector<std::string> names;
  for (const auto& spec : kl_layout(KlAutoencoderConfig{})) names.push_back(spec.name);
  return names;
}

TEST(WeightNames, LatentDiffusionsNamesOfStableDiffusionsAutoencoder) {
  // Written out once, as in its checkpoints.
  const std::vector<std::pair<const char*, const char*>> pairs{
      {"encoder.conv_in.weight", "encoder.conv_in.weight"},
      {"encoder.down.0.block.0.norm1.weight", "encoder.down_blocks.0.resnets.0.norm1.weight"},
      {"encoder.down.1.block.0.nin_shortcut.bias", "encoder.down_blocks.1.resnets.0.conv_shortcut.bias"},
      {"encoder.down.2.downsample.conv.weight", "encoder.down_blocks.2.downsamplers.0.conv.weight"},
      {"encoder.mid.block_1.conv2.bias", "encoder.mid_block.resnets.0.conv2.bias"},
      {"encoder.mid.attn_1.norm.weight", "encoder.mid_block.attentions.0.group_norm.weight"},
      {"encoder.mid.attn_1.q.weight", "encoder.mid_block.attentions.0.to_q.weight"},
      {"decoder.mid.attn_1.proj_out.bias", "decoder.mid_block.attentions.0.to_out.0.bias"},
      {"decoder.up.3.block.2.conv1.weight", "decoder.up_blocks.0.resnets.2.conv1.weight"},
      {"decoder.up.0.block.0.nin_shortcut.weight", "decoder.up_blocks.3.resnets.0.conv_shortcut.weight"},
      {"decoder.up.1.upsample.conv.bias", "decoder.up_blocks.2.upsamplers.0.conv.bias"},
      {"decoder.norm_out.weight", "decoder.conv_norm_out.weight"},
      {"post_quant_conv.weight", "post_quant_conv.weight"}};
  for (const auto& [theirs, ours] : pairs) EXPECT_EQ(todays_name(theirs, 4).name, ours);
  EXPECT_EQ(todays_name("encoder.mid.attn_1.k.bias", 4).program, "latent-diffusion");
  EXPECT_EQ(todays_name("quant_conv.bias", 4).program, "");
}

TEST(WeightNames, EveryTensorOfTheAutoencoderIsTranslatedBack) {
  std::set<std::string> theirs;
  for (const auto& name : own_names()) {
    EXPECT_EQ(todays_name(latent_diffusion_name(name, 4), 4).name, name);
    EXPECT_EQ(todays_name(old_diffusers_name(name), 4).name, name);
    EXPECT_EQ(todays_name(name, 4).name, name);
    EXPECT_EQ(todays_name(name, 4).program, "");
    theirs.insert(latent_diffusion_name(name, 4));
  }
  EXPECT_EQ(theirs.size(), 248u);
  EXPECT_EQ(theirs.count("decoder.up.3.upsample.conv.weight"), 1u);
  EXPECT_EQ(theirs.count("decoder.up.0.upsample.conv.weight"), 0u);
}

TEST(WeightNames, NumbersThatAreNoneStay) {
  for (const char* name : {"decoder.up.4.block.0.conv1.weight", "decoder.up.-1.block.0.conv1.weight",
                           "decoder.up.00.block.0.conv1.weight", "decoder.up..block.0.conv1.weight",
                           "decoder.up.99999999999999999999.block.0.conv1.weight", "", ".", "..", "up.1"})
    EXPECT_EQ(todays_name(name, 4).name, name);
  const std::string endless(1000000, '.');
  EXPECT_EQ(todays_name(endless, 4).name, endless);
  EXPECT_EQ(unwrapped_name(endless), endless);
}

TEST(WeightNames, WrappersAreTakenOffWhereverTheyStand) {
  EXPECT_EQ(unwrapped_name("module._orig_mod.encoder.conv_in.weight"), "encoder.conv_in.weight");
  EXPECT_EQ(unwrapped_name("blocks.0._orig_mod.attn.qkv.bias"), "blocks.0.attn.qkv.bias");
  EXPECT_EQ(unwrapped_name("a._fsdp_wrapped_module.b._checkpoint_wrapped_module.c"), "a.b.c");
  EXPECT_EQ(unwrapped_name("modules.module_a.x"), "modules.module_a.x");
}

TEST(WeightNames, AveragesAreToldByTheirPrefix) {
  for (const char* prefix : {"ema.", "model_ema.", "ema_model.", "state_dict.ema.", "params_ema.",
                             "ema.ema_model.", "averaged_model.", "swa_model."})
    EXPECT_TRUE(averages_prefix(prefix)) << prefix;
  for (const char* prefix :
       {"", "model.", "first_stage_model.", "ema.online_model.", "schema.", "emanation."})
    EXPECT_FALSE(averages_prefix(prefix)) << prefix;
}

TEST(WeightNames, WhatOnlyTrainingNeeds) {
  for (const char* name : {"loss.discriminator.main.0.weight", "loss.logvar", "logvar",
                           "encoder.norm.num_batches_tracked", "scale_factor", "model_ema.num_updates"})
    EXPECT_TRUE(training_only(name)) << name;
  for (const char* name : {"encoder.conv_in.weight", "stranger", "lossless.weight", "quant_conv.bias"})
    EXPECT_FALSE(training_only(name)) << name;
  EXPECT_TRUE(quantisation_scale("blocks.0.attn.qkv.weight_scale"));
  EXPECT_FALSE(quantisation_scale("blocks.0.attn.qkv.weight"));
}

}  // namespace
}  // namespace lf::models
