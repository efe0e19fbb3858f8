// A comparison as tables.
#include "records/comparison_tables.h"

#include <gtest/gtest.h>

namespace lf::records {
namespace {

CompareBlock two_models() {
  CompareBlock block;
  block.models.resize(2);
  block.models[0].name = "a";
  block.models[1].name = "b <script>";
  block.models[0].score.valid = true;
  block.models[0].score.fd = 3.456;
  block.settings.push_back({"flow.lr", "Learning rate", {"0.006", "0.002"}, {1, 0}});
  WeightsDifference weights;
  weights.layers.push_back({"velocity network", "labels", 1056, 0.25, 0.97});
  block.weights.push_back(weights);
  block.divergence.push_back("The same weights up to flow step 50");
  return block;
}

TEST(ComparisonTables, HoldWhatIsKnown) {
  const auto tables = comparison_tables(two_models());
  ASSERT_EQ(tables.size(), 4u);
  EXPECT_EQ(tables[0].rows[0][4], "3.46 %");
  EXPECT_EQ(tables[0].rows[1][4], "—");
  EXPECT_EQ(tables[1].rows[0], (std::vector<std::string>{"flow.lr", "0.006 (default)", "0.002"}));
  EXPECT_EQ(tables[2].rows[0],
            (std::vector<std::string>{"velocity network: labels", "1,056", "0.25", "0.9700"}));
  for (const TextTable& table : tables)
    for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size());
}

TEST(ComparisonTables, EvaluationsHaveAStandardDeviation) {
  CompareBlock block = two_models();
  block.samples = 500;
  block.evaluations = 2;
  block.models[1].fd = {4, 6};
  const auto tables = comparison_tables(block);
  EXPECT_EQ(tables[0].columns[7], "FD, 2 × 500");
  EXPECT_EQ(tables[0].rows[1][7], "5.00 ± 1.41 %");
}

TEST(ComparisonTables, EqualWeightsAndEmptyTablesAreShort) {
  CompareBlock block = two_models();
  block.weights[0] = {true, {}, {}};
  block.settings.clear();
  const auto tables = comparison_tables(block);
  ASSERT_EQ(tables.size(), 3u);
  EXPECT_EQ(tables[1].rows, (std::vector<std::vector<std::string>>{{"all", "", "0", "1"}}));
}

TEST(ComparisonTables, ColumnsAreAligned) {
  const auto lines = aligned_lines({"T", {"a", "bb"}, {{"long ± name", "1"}, {"x", "2"}}});
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[1], "  a            bb");
  EXPECT_EQ(lines[2], "  long ± name  1");
  EXPECT_EQ(lines[3], "  x            2");
}

TEST(ComparisonTables, APageEscapesNames) {
  const std::string page = tables_html(comparison_tables(two_models()));
  EXPECT_EQ(page.find("<script>"), std::string::npos);
  EXPECT_NE(page.find("b &lt;script&gt;"), std::string::npos);
  EXPECT_EQ(html_text("a&'\""), "a&amp;&#39;&quot;");
}

TEST(ComparisonTables, CsvHasALinePerValue) {
  const std::string csv = tables_csv(comparison_tables(two_models()));
  EXPECT_EQ(csv.substr(0, csv.find('\n')), "table,row,column,value");
  EXPECT_NE(csv.find("Settings that differ,flow.lr,b <script>,0.002"), std::string::npos) << csv;
}

}  // namespace
}  // namespace lf::records
