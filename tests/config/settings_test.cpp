#include "config/settings.h"

#include <set>
#include <utility>

#include "base/number_text.h"
#include "input_error_of.h"

namespace lf {
namespace {

TEST(SettingTable, RowsAreCompleteAndDefaultsAreValid) {
  std::set<std::string> keys;
  for (const auto& info : setting_table()) {
    EXPECT_TRUE(keys.insert(info.key).second) << info.key << " stands twice";
    EXPECT_FALSE(info.label.empty() || info.group.empty()) << info.key;
    EXPECT_GT(info.meaning.size(), 20u) << info.key << " does not teach";
    EXPECT_TRUE(info.kind != SettingKind::Choice || !info.choices.empty()) << info.key;
    EXPECT_TRUE(info.choices.empty() || info.kind == SettingKind::Choice || info.kind == SettingKind::Number)
        << info.key;
    if (info.kind == SettingKind::Number || info.kind == SettingKind::Integer) {
      EXPECT_LT(info.min, info.max) << info.key;
    }
    EXPECT_TRUE(!info.logarithmic || info.min >= 0) << info.key;
    Settings settings;
    EXPECT_NO_THROW(settings.set(info.key, info.initial)) << info.key;
  }
}

TEST(SettingTable, BothEndsOfEveryRangeAreAllowedAndBeyondIsNot) {
  for (const auto& info : setting_table()) {
    if (info.kind != SettingKind::Number && info.kind != SettingKind::Integer) continue;
    Settings settings;
    for (const double end : {info.min, info.max}) {
      settings.set(info.key, std::to_string(end));
      EXPECT_NEAR(std::stod(settings.text(info.key)), end, 1e-6) << info.key;
    }
    const auto above = std::to_string(info.max + 1);
    EXPECT_TRUE(has(input_error_of([&] { settings.set(info.key, above); }), {info.key, "out of range"}))
        << info.key;
    EXPECT_TRUE(
        has(input_error_of([&] { settings.set(info.key, std::to_string(info.min - 1)); }), {"out of range"}));
  }
}

/// An allowed value other than the default.
std::string another(const SettingInfo& info) {
  switch (info.kind) {
    case SettingKind::Switch:
      return info.initial == "on" ? "off" : "on";
    case SettingKind::Choice:
      return info.choices[0] == info.initial ? info.choices[1] : info.choices[0];
    case SettingKind::Path:
      return "/elsewhere/vae.safetensors";
    default:
      return number_text(info.initial == number_text(info.max) ? info.min : info.max);
  }
}

TEST(SettingTable, EveryRowReadsAndWritesItsOwnMemberAlone) {
  for (const auto& changed : setting_table()) {
    Settings settings;
    settings.set(changed.key, another(changed));
    EXPECT_EQ(settings.text(changed.key), another(changed));
    EXPECT_FALSE(settings == Settings()) << changed.key;
    for (const auto& other : setting_table()) {
      if (other.key == changed.key) continue;
      EXPECT_EQ(settings.text(other.key), other.initial) << changed.key << " also writes " << other.key;
    }
    settings.reset(changed.key);
    EXPECT_TRUE(settings == Settings()) << changed.key;
  }
}

TEST(SettingTable, AMemberKnowsItsRow) {
  EXPECT_EQ(setting_key(&GeneralSettings::seed), "seed");
  EXPECT_EQ(setting_key(&PreviewSettings::seed), "preview.seed");
  EXPECT_EQ(setting_key(&AutoencoderSettings::file), "autoencoder");
  EXPECT_EQ(setting_key(&AutoencoderSettings::latent_noise), "latent.noise");
  EXPECT_EQ(setting_key(&FlowSettings::epoch_images), "epoch_images");
  EXPECT_EQ(setting_info(&FlowSettings::lr).max, 0.1);
}

TEST(SettingTable, TextSetsTheMember) {
  Settings settings;
  settings.set("flow.lr", "2e-3");
  settings.set("flow.batch", "1e2");
  settings.set("flow.ema", "0");
  settings.set("flow.time", "uniform");
  settings.set("preview.digit", "-1");
  settings.set("autoencoder.epochs", "2.5");
  EXPECT_EQ(settings.flow.lr, 0.002);
  EXPECT_EQ(settings.flow.batch, 100);
  EXPECT_FALSE(settings.flow.ema);
  EXPECT_EQ(settings.flow.time, "uniform");
  EXPECT_EQ(settings.preview.digit, -1);
  EXPECT_TRUE(settings.autoencoder.epochs == 2.5);
}

TEST(SettingTable, ANumberMayBeAWordWhereItsRowSaysSo) {
  Settings settings;
  settings.set("autoencoder.freeze", "end");
  EXPECT_EQ(settings.text("autoencoder.freeze"), "end");
  EXPECT_TRUE(settings.autoencoder.freeze == NumberWord::End);
  EXPECT_EQ(settings.autoencoder.freeze.number, 0);
  settings.set_assignment("autoencoder.freeze=0.30");
  EXPECT_EQ(settings.text("autoencoder.freeze"), "0.3") << "one spelling";
  EXPECT_TRUE(settings.autoencoder.freeze == 0.3);
  for (const char* wrong : {"0", "1001", "-1"})
    EXPECT_TRUE(has(input_error_of([&] { settings.set("autoencoder.freeze", wrong); }),
                    {"autoencoder.freeze", "out of range", "0.02 to 1000, auto or end"}))
        << wrong;
  EXPECT_TRUE(has(input_error_of([&] { settings.set("autoencoder.freeze", "never"); }),
                  {"'never' is not a number", "auto or end"}));
  EXPECT_TRUE(has(input_error_of([&] { settings.set("flow.lr", "end"); }), {"is not a number"}));
}

TEST(PresetTable, EveryPresetIsValidAndFitsTogether) {
  for (const auto& preset : preset_table()) {
    const Settings settings(preset.name);
    EXPECT_EQ(settings.preset(), preset.name);
    EXPECT_NO_THROW(check_together(settings)) << preset.name;
    for (const auto& info : setting_table()) {
      Settings again(preset.name);
      EXPECT_NO_THROW(again.set(info.key, settings.text(info.key)))
          << preset.name << ": out of range or unknown";
      EXPECT_TRUE(again == settings) << preset.name << ": " << info.key << " is another value after its text";
      EXPECT_EQ(settings.text(info.key), settings.preset_text(info.key)) << preset.name;
    }
  }
}

TEST(PresetTable, UnknownPresetListsTheKnown) {
  EXPECT_TRUE(has(input_error_of([] { Settings("fats"); }),
                  {"'fats'", "did you mean fast?", "quality, original, tiny"}));
}

TEST(Settings, UnknownKeyListsNearAndKnown) {
  Settings settings;
  const auto slip = input_error_of([&] { settings.set("flow.rl", "1"); });
  EXPECT_TRUE(has(slip, {"'flow.rl'", "flow.lr", "autoencoder.beta"}));
  const auto bare = input_error_of([&] { settings.set("epochs", "1"); });
  EXPECT_TRUE(has(bare, {"did you mean autoencoder.epochs?"}));
}

TEST(Settings, RefusesTextThatIsNoNumber) {
  Settings settings;
  for (const char* text : {"", "abc", "1x", " 1", "nan", "inf", "0x10", "1e999", "--1"}) {
    EXPECT_TRUE(has(input_error_of([&] { settings.set("flow.lr", text); }), {"not a number"})) << text;
  }
  EXPECT_TRUE(has(input_error_of([&] { settings.set("flow.width", "12.5"); }), {"not a whole number"}));
}

TEST(Settings, RefusesUnknownChoicesAndSwitches) {
  Settings settings;
  EXPECT_TRUE(has(input_error_of([&] { settings.set("sampler.solver", "simpson"); }),
                  {"'simpson'", "euler, midpoint, heun"}));
  EXPECT_TRUE(has(input_error_of([&] { settings.set("quality.live", "maybe"); }), {"neither on nor off"}));
  settings.set("quality.live", "false");
  EXPECT_FALSE(settings.quality.live);
}

TEST(Settings, EqualNumbersAreEqualTexts) {
  Settings a, b;
  a.set("flow.lr", "0.0020");
  b.set("flow.lr", "2e-3");
  EXPECT_EQ(a.text("flow.lr"), "0.002");
  EXPECT_TRUE(a == b);
  a.set("flow.clip", "1e6");
  EXPECT_EQ(a.text("flow.clip"), "1000000");
  for (const auto& [odd, plain] :
       {std::pair{"1e2", "100"}, {"+64", "64"}, {"128.0", "128"}, {"0064", "64"}}) {
    a.set("flow.batch", odd);
    EXPECT_EQ(a.text("flow.batch"), plain) << odd;
  }
  a.set("flow.sigma_min", "-0");
  EXPECT_EQ(a.text("flow.sigma_min"), "0");
  for (const auto& [odd, plain] : {std::pair{"true", "on"}, {"1", "on"}, {"false", "off"}, {"0", "off"}}) {
    a.set("flow.ema", odd);
    EXPECT_EQ(a.text("flow.ema"), plain) << odd;
  }
}

TEST(Settings, ResetTakesThePresetsValueBack) {
  Settings settings("tiny");
  settings.set("flow.width", "64");
  EXPECT_FALSE(settings == Settings("tiny"));
  settings.reset("flow.width");
  EXPECT_EQ(settings.flow.width, 32);
  EXPECT_TRUE(settings == Settings("tiny"));
}

TEST(Settings, AssignmentsNeedKeyAndValue) {
  Settings settings;
  settings.set_assignment("flow.steps=77");
  EXPECT_EQ(settings.flow.steps, 77);
  EXPECT_TRUE(has(input_error_of([&] { settings.set_assignment("flow.steps"); }), {"key=value"}));
}

TEST(Settings, AFailedSetChangesNothing) {
  Settings settings;
  EXPECT_THROW(settings.set("flow.steps", "0"), InputError);
  EXPECT_TRUE(settings == Settings());
}

TEST(Settings, ValuesThatDoNotFitTogetherAreRefused) {
  Settings settings;
  settings.set("flow.heads", "5");
  EXPECT_TRUE(has(input_error_of([&] { check_together(settings); }), {"flow.heads"}));
  settings.reset("flow.heads");
  settings.set("flow.patch", "3");
  EXPECT_TRUE(has(input_error_of([&] { check_together(settings); }), {"1, 2 or 4"}));
}

TEST(Settings, RefusesAPathThatAModelFileCouldNotHold) {
  Settings settings;
  settings.set("autoencoder", "Größe.safetensors");
  EXPECT_TRUE(has(input_error_of([&] { settings.set("autoencoder", "a\xFF.safetensors"); }),
                  {"autoencoder", "UTF-8"}));
  EXPECT_EQ(settings.text("autoencoder"), "Größe.safetensors");
}

TEST(Settings, AnEndlessWordIsRefusedAtOnce) {
  // Compared with every key, it would take minutes.
  const std::string word(16 << 20, 'x');
  EXPECT_TRUE(has(input_error_of([&] { Settings().set(word, "1"); }), {"unknown setting 'xxx"}));
  EXPECT_TRUE(has(input_error_of([] { Settings().set("flow.widht", "1"); }), {"did you mean flow.width?"}));
}

TEST(Settings, APresetIsOneOfTheTableAndNeverAPath) {
  // Its name becomes part of a run folder's name, also if it comes from a model file.
  for (const char* name : {"../../elsewhere", "/tmp/x", "fast/..", ""})
    EXPECT_TRUE(has(input_error_of([&] { Settings settings(name); }), {"unknown preset"})) << name;
}

}  // namespace
}  // namespace lf
