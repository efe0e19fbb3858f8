// The scripts are written for the program's real options; bash runs its own.
#include "cli/shell/completion.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>

#include "cli/subcommand.h"
#include "run_cli.h"
#include "temporary_folder.h"

namespace lf::cli {
namespace {

/// What bash offers for the last of these words.
std::string offered(const std::string& folder, const std::string& words) {
  const std::string command =
      "bash -c 'source " + folder + "/completion.bash; COMP_WORDS=(" + words +
      "); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _latentflow; echo \"${COMPREPLY[*]}\"'";
  FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  std::array<char, 4096> block{};
  while (pipe && fgets(block.data(), block.size(), pipe)) text += block.data();
  EXPECT_EQ(pclose(pipe), 0) << command;
  return text.empty() ? text : text.substr(0, text.size() - 1);
}

TEST(Completion, BashOffersWhatTheParserTakes) {
  const lf::testing::TemporaryFolder folder;
  const auto run = run_cli({"completion", "bash"});
  ASSERT_EQ(run.code, 0) << run.error;
  std::ofstream(folder.path() / "completion.bash") << run.out;
  std::ofstream(folder.path() / "picture.png") << "x";
  const std::string here = folder.path().string();
  EXPECT_EQ(offered(here, "latentflow tra"), "train");
  EXPECT_EQ(offered(here, "latentflow --scr"), "--script --screenshot");
  EXPECT_EQ(offered(here, "latentflow sample --dig"), "--digit");
  EXPECT_EQ(offered(here, "latentflow sample --digit \"\""), "all 0 1 2 3 4 5 6 7 8 9");
  EXPECT_EQ(offered(here, "latentflow train --preset q"), "quality");
  EXPECT_EQ(offered(here, "latentflow train --set flow.wid"), "flow.width=");
  EXPECT_EQ(offered(here, "latentflow sample --count \"\""), "");
  EXPECT_EQ(offered(here, "latentflow lab gho"), "ghost");
  EXPECT_EQ(offered(here, "latentflow sample --model " + here + "/pic"), here + "/picture.png");
  EXPECT_EQ(offered(here, "latentflow run " + here + "/pic"), here + "/picture.png");
}

TEST(Completion, EveryShellNamesEverySubcommandAndOption) {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const auto run = run_cli({"completion", shell});
    ASSERT_EQ(run.code, 0) << run.error;
    for (const auto& sub : subcommand_table())
      EXPECT_NE(run.out.find(sub.name), std::string::npos) << shell << " " << sub.name;
    for (const std::string option : {"until-fd", "ui-map", "trajectory"})
      EXPECT_NE(run.out.find(option), std::string::npos) << shell << " " << option;
  }
}

TEST(Completion, TextsAreQuotedForTheirShell) {
  CommandRow row{"", "", "", {{{"--it"}, "it's [one]: a\\b", "X", {}, false, false, false}}};
  EXPECT_NE(zsh_completion({row}).find("'--it[it'\\''s \\[one\\]\\: a\\\\b]:X: '"), std::string::npos)
      << zsh_completion({row});
  EXPECT_NE(fish_completion({row}).find("'it\\'s [one]: a\\\\b'"), std::string::npos)
      << fish_completion({row});
}

TEST(Completion, AnUnknownShellIsRefused) {
  const auto run = run_cli({"completion", "tcsh"});
  EXPECT_EQ(run.code, 2);
  EXPECT_NE(run.error.find("bash, zsh, fish"), std::string::npos) << run.error;
  EXPECT_TRUE(run.error_is_one_line());
}

}  // namespace
}  // namespace lf::cli
