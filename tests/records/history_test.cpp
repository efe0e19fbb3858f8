#include "records/history.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "expect_error.h"

namespace lf::testing {
namespace {

constexpr const char* kHeader = "seconds,phase,step,loss,loss_test,lr,fd\n";

TEST(History, RowsReadBackAsTheyWereWritten) {
  const std::string text = std::string(kHeader) +
                           "0.100,autoencoder,1,0.5,,0.001,\n"
                           "0.300,flow,1,1.25,1.5,0.002,\n"
                           "0.400,flow,2,1,,0.002,12.5\n";
  const records::History history = records::parse_history(text, "history.csv");
  EXPECT_EQ(history.csv(), text);
  EXPECT_EQ(history.loss.flow_train.value, (std::vector<float>{1.25f, 1}));
  EXPECT_EQ(history.fd.value, std::vector<float>{12.5f});
}

TEST(History, RefusesNumbersThatNoCurveHolds) {
  for (const char* row :
       {"1e300,flow,1,1,,,", "0,flow,1,1,1e39,,", "0,flow,1,0x10,,,", "0,flow,1,much,,,", "1 s,flow,1,1,,,"})
    expect_error<InputError>("is not a number",
                             [&] { records::parse_history(std::string(kHeader) + row, "h"); });
  for (const char* step : {"1e300", "-1", "1e16"}) {
    const std::string row = std::string("0,flow,") + step + ",1,,,";
    EXPECT_THROW(records::parse_history(kHeader + row, "h"), InputError) << step;
  }
  expect_error<InputError>("h:2: unknown phase",
                           [&] { records::parse_history(std::string(kHeader) + "0,judge,1,1,,,", "h"); });
  expect_error<InputError>("first line", [&] { records::parse_history("a,b\n", "h"); });
}

/// The curves of a run, and the variants that spreadsheets write.
const std::string kWritten = std::string(kHeader) +
                             "0.100,autoencoder,1,0.5,,0.001,\n"
                             "0.300,flow,1,1.25,1.5,0.002,\n"
                             "0.400,flow,2,1024.5,,0.002,12.5\n";

std::string replaced(std::string text, const std::string& part, const std::string& with) {
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + with.size()))
    text.replace(at, part.size(), with);
  return text;
}

std::string as_utf16(const std::string& text, bool big_endian) {
  std::string wide = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char letter : text) (wide += big_endian ? '\0' : letter) += big_endian ? letter : '\0';
  return wide;
}

/// Every cell in quotes, decimal commas, semicolons between the cells.
std::string quoted_german(const std::string& text) {
  const std::string cells = replaced(replaced(replaced(text, ",", "\";\""), ".", ","), "\n", "\"\n\"");
  return "\"" + cells.substr(0, cells.size() - 1);
}

TEST(History, ReadsWhatASpreadsheetSaved) {
  const std::string german = replaced(replaced(kWritten, ",", ";"), ".", ",");
  const std::pair<const char*, std::string> files[] = {
      {"CRLF", replaced(kWritten, "\n", "\r\n")},
      {"CR alone", replaced(kWritten, "\n", "\r")},
      {"no end of line at the end", kWritten.substr(0, kWritten.size() - 1)},
      {"byte order mark", "\xEF\xBB\xBF" + kWritten},
      {"UTF-16 LE", as_utf16(replaced(kWritten, "\n", "\r\n"), false)},
      {"UTF-16 BE", as_utf16(kWritten, true)},
      {"tabs", replaced(kWritten, ",", "\t")},
      {"semicolons and decimal commas", german},
      {"groups of digits", replaced(german, "1024,5", "1.024,5")},
      {"groups of digits in quotes", replaced(kWritten, "1024.5", "\"1,024.5\"")},
      {"all quoted", quoted_german(kWritten)},
      {"quoted header", replaced(kWritten, "phase", "\"phase\"")},
      {"sep= line", "sep=;\r\n" + replaced(german, "\n", "\r\n")},
      {"blanks", replaced(kWritten, ",", " , ")},
      {"notes in a column", replaced(kWritten, "\n", ",\"a note, with \"\"quotes\"\"\nand lines\"\n")},
      {"notes between", replaced(kWritten, "0.300", "\nthe flow begins here;,,,\n# 3\n,,,,,,\n0.300")},
      {"a title above", "My best run\n\n" + kWritten},
      {"exponents", replaced(kWritten, "0.002", "2.0E-03")}};
  for (const auto& [what, text] : files) {
    SCOPED_TRACE(what);
    EXPECT_EQ(records::parse_history(text, "h").csv(), kWritten);
  }
}

TEST(History, FindsColumnsByNameAndSortsRows) {
  const records::History history =
      records::parse_history("remark,step,loss,phase,fd\nlate,20,0.5,flow,7\nearly,10,1.5,flow,\n", "h");
  EXPECT_EQ(history.loss.flow_train.step, (std::vector<float>{10, 20}));
  EXPECT_EQ(history.loss.flow_train.value, (std::vector<float>{1.5f, 0.5f}));
  EXPECT_EQ(history.fd.step, std::vector<float>{20});
  EXPECT_TRUE(history.loss.flow_rate.value.empty());
}

TEST(History, LeavesOutPointsWithoutAValue) {
  for (const char* none : {"", "nan", "NaN", "-inf", "#DIV/0!", "#N/A", "n/a"}) {
    const records::History history =
        records::parse_history(std::string(kHeader) + "0,flow,1," + none + ",2,,\n1,flow,2,3,,,\n", "h");
    EXPECT_EQ(history.loss.flow_train.step, std::vector<float>{2}) << none;
    EXPECT_EQ(history.loss.flow_test.step, std::vector<float>{1}) << none;
  }
}

TEST(History, SaysWhereNoRowCanBeRead) {
  const std::string shifted = replaced(kWritten, ".", ",");  // decimal commas between commas, without quotes
  expect_error<InputError>("names a phase and a step", [&] { records::parse_history(shifted, "h"); });
  EXPECT_TRUE(records::parse_history(kHeader, "h").loss.flow_train.value.empty());
  EXPECT_TRUE(records::parse_history(std::string(kHeader) + "\n\r\n", "h").loss.flow_train.value.empty());
}

}  // namespace
}  // namespace lf::testing
