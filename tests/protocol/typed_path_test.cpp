#include "base/typed_path.h"

#include <gtest/gtest.h>
#include <pwd.h>
#include <unistd.h>

#include "config/settings.h"
#include "protocol/command_paths.h"
#include "protocol/script.h"
#include "scoped_environment.h"

namespace lf {
namespace {

TEST(TypedPath, ATildeIsTheHomeFolder) {
  const testing::ScopedEnvironment home("HOME", "/somewhere/a person");
  EXPECT_EQ(typed_path("~"), "/somewhere/a person");
  EXPECT_EQ(typed_path("~/x.png"), "/somewhere/a person/x.png");
  EXPECT_EQ(typed_path("a~/x"), "a~/x");
  EXPECT_EQ(typed_path("./~/x"), "./~/x");
  EXPECT_EQ(typed_path("/tmp/~"), "/tmp/~");
  EXPECT_EQ(typed_path(""), "");
}

TEST(TypedPath, ANameBehindTheTildeIsAUser) {
  const passwd* root = getpwnam("root");
  ASSERT_NE(root, nullptr);
  EXPECT_EQ(typed_path("~root/x"), std::string(root->pw_dir) + "/x");
  EXPECT_EQ(typed_path("~nobody-is-called-so/x"), "~nobody-is-called-so/x");
}

TEST(TypedPath, WithoutHomeTheSystemKnowsIt) {
  const passwd* me = getpwuid(getuid());
  if (me == nullptr) GTEST_SKIP() << "this user has no entry";
  const std::string known = me->pw_dir;
  for (const char* odd : {"", "relative"}) {
    const testing::ScopedEnvironment home("HOME", odd);
    EXPECT_EQ(typed_path("~/x"), known + "/x");
  }
}

TEST(TypedPath, AddressesOfFilesAndWhatIsPastedAroundThem) {
  EXPECT_EQ(typed_path("file:///tmp/my%20digit.png"), "/tmp/my digit.png");
  EXPECT_EQ(typed_path("file://localhost/tmp/x"), "/tmp/x");
  EXPECT_EQ(typed_path("file:/tmp/%C3%A4"), "/tmp/\xC3\xA4");
  EXPECT_EQ(typed_path("file:///tmp/100%"), "/tmp/100%");
  EXPECT_EQ(typed_path("file:///tmp/a%00b"), "/tmp/a%00b");
  EXPECT_EQ(typed_path("file://elsewhere/tmp/x"), "file://elsewhere/tmp/x");
  EXPECT_EQ(typed_path("'/tmp/my digit.png'"), "/tmp/my digit.png");
  EXPECT_EQ(typed_path("it's"), "it's");
}

TEST(TypedPath, ReadAgainItStaysWhatItIs) {
  for (const char* text :
       {"~", "~/x", "~root", "file:///a%0A", "file:/%7Ex", "'/a\n'", "\"~/b\"", "''/a''", "'~'", "file:"}) {
    const std::string once = typed_path(text);
    EXPECT_EQ(typed_path(once), once);
  }
}

TEST(TypedPath, EveryCommandAndSettingWithAPathReadsIt) {
  const testing::ScopedEnvironment home("HOME", "/h");
  const std::pair<const char*, const char*> lines[] = {
      {"open ~/m.safetensors", "open /h/m.safetensors"},
      {"save ~/m.safetensors", "save /h/m.safetensors"},
      {"export ~/f.gif", "export /h/f.gif"},
      {"browse ~", "browse /h"},
      {"resume-run ~/runs/a", "resume-run /h/runs/a"},
      {"delete-run file:///runs/b", "delete-run /runs/b"},
      {"train preset=tiny out=~/r", "train preset=tiny out=/h/r"},
      {"judge seed=1 out=~/j.safetensors", "judge seed=1 out=/h/j.safetensors"},
      {"set autoencoder ~/vae.safetensors", "set autoencoder /h/vae.safetensors"}};
  for (const auto& [typed, meant] : lines) {
    const Command command = with_typed_paths(parse_command(typed));
    if (const auto* set = std::get_if<SetCommand>(&command.what)) {
      Settings settings;
      settings.set(set->key, set->value);
      EXPECT_EQ(settings.text(set->key), "/h/vae.safetensors");
    } else {
      EXPECT_EQ(format_command(command), meant);
    }
  }
  const auto shot = parse_script("screenshot ~/s.png\n", "test");
  EXPECT_EQ(std::get<ViewAction>(shot[0].action).arguments[0], "/h/s.png");
}

}  // namespace
}  // namespace lf
