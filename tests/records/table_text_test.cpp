#include "records/table_text.h"

#include <gtest/gtest.h>

namespace lf::testing {
namespace {

using Cells = std::vector<std::string>;

std::vector<Cells> rows_of(const std::string& text, char separator = ',') {
  records::TableRows rows(text, separator);
  std::vector<Cells> all;
  for (Cells cells; rows.next(cells);) all.push_back(cells);
  return all;
}

TEST(TableText, RowsEndAsEverySystemEndsThem) {
  const std::vector<Cells> two{{"a", "b"}, {"c", ""}};
  for (const char* text : {"a,b\nc,\n", "a,b\r\nc,\r\n", "a,b\rc,", "a , b\nc,"})
    EXPECT_EQ(rows_of(text), two) << text;
  EXPECT_EQ(rows_of(""), std::vector<Cells>{});
  EXPECT_EQ(rows_of("\n\n"), (std::vector<Cells>{{""}, {""}}));
}

TEST(TableText, QuotesHoldSeparatorsLinesAndQuotes) {
  EXPECT_EQ(rows_of("\"a,b\",\"c\r\nd\",\"e\"\"f\"\ng\n"),
            (std::vector<Cells>{{"a,b", "c\r\nd", "e\"f"}, {"g"}}));
  EXPECT_EQ(rows_of("a;\"b"), (std::vector<Cells>{{"a;\"b"}}));
  EXPECT_EQ(rows_of("a,\"b"), (std::vector<Cells>{{"a", "b"}})) << "never closed";
}

TEST(TableText, CountsLinesAlsoWithinQuotes) {
  const std::string text = "a\n\"b\nc\"\nd\n";
  records::TableRows rows(text, ',');
  Cells cells;
  std::vector<int> lines;
  while (rows.next(cells)) lines.push_back(rows.line());
  EXPECT_EQ(lines, (std::vector<int>{1, 2, 4}));
}

TEST(TableText, TakesMarksOfTheEncodingAway) {
  EXPECT_EQ(records::plain_text("\xEF\xBB\xBFx"), "x");
  EXPECT_EQ(records::plain_text(std::string("\xFF\xFEx\0\xE4\0", 6)), "x?");
  EXPECT_EQ(records::plain_text(std::string("\xFE\xFF\0x\0", 5)), "x");
  EXPECT_EQ(records::plain_text("x"), "x");
}

TEST(TableText, ReadsNumbersOfEveryCountry) {
  EXPECT_EQ(records::number_in_cell("1.5", '.'), 1.5);
  EXPECT_EQ(records::number_in_cell("1,5", ','), 1.5);
  EXPECT_EQ(records::number_in_cell("1.234,5", ','), 1234.5);
  EXPECT_EQ(records::number_in_cell("1,234.5", '.'), 1234.5);
  EXPECT_EQ(records::number_in_cell("1'234.5", '.'), 1234.5);
  EXPECT_EQ(records::number_in_cell("1\xC2\xA0"
                                    "234,5E-03",
                                    ','),
            1.2345);
  EXPECT_EQ(records::number_in_cell("\xE2\x88\x92"
                                    "2",
                                    '.'),
            -2);
  for (const char* none : {"", "1.5x", "0x10", "1-2", "May 1"})
    EXPECT_FALSE(records::number_in_cell(none, '.')) << none;
  EXPECT_FALSE(records::number_in_cell(std::string(100, '1'), '.'));
}

TEST(TableText, TellsCellsWithoutAValue) {
  for (const char* none : {"", "NaN", "-nan", "+Inf", "#DIV/0!", "#WERT!", "n/a", "NULL"})
    EXPECT_TRUE(records::is_no_value(none)) << none;
  for (const char* some : {"0", "-1", "x", "nano", "-"})
    EXPECT_EQ(records::is_no_value(some), std::string(some) == "-") << some;
}

}  // namespace
}  // namespace lf::testing
