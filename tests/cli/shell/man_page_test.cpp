#include "cli/shell/man_page.h"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/subcommand.h"
#include "run_cli.h"

namespace lf::cli {
namespace {

TEST(ManPage, NamesEverySubcommandAndKeepsHyphens) {
  const auto run = run_cli({"manual", "--date", "2026-12-01"});
  ASSERT_EQ(run.code, 0) << run.error;
  EXPECT_EQ(run.out.rfind(".TH LATENTFLOW 1 \"2026-12-01\"", 0), 0u);
  for (const auto& sub : subcommand_table())
    EXPECT_NE(run.out.find(".SS \"latentflow " + with_each(sub.name, "-", "\\-") + "\""), std::string::npos)
        << sub.name;
  EXPECT_NE(run.out.find("\\fB\\-\\-until\\-fd\\fR \\fIX\\fR"), std::string::npos);
  for (const char* section : {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "SUBCOMMANDS", "ENVIRONMENT",
                              "FILES", "EXIT STATUS", "EXAMPLES"})
    EXPECT_NE(run.out.find(".SH " + std::string(section) + "\n"), std::string::npos) << section;
}

TEST(ManPage, TextIsNoRequestOfTroff) {
  const CommandRow program{"", "", "\n.SH evil\n'br\n", {}};
  const auto page = man_page({program}, "");
  EXPECT_EQ(page.find("\n.SH evil"), std::string::npos);
  EXPECT_NE(page.find("\n\\&'br"), std::string::npos) << page;
}

TEST(ManPage, EveryLineThatBeginsWithADotIsAKnownMacro) {
  std::istringstream lines(run_cli({"manual"}).out);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] != '.') continue;
    const auto macro = line.substr(0, line.find(' '));
    EXPECT_TRUE(macro == ".TH" || macro == ".SH" || macro == ".SS" || macro == ".TP" || macro == ".PP" ||
                macro == ".nf" || macro == ".fi" || macro == ".br" || macro == ".nh" || macro == ".ad")
        << line;
  }
}

}  // namespace
}  // namespace lf::cli
