// A comparison of models as tables of text, for the terminal, a spreadsheet and a page.
#pragma once

#include <string>
#include <vector>

#include "protocol/snapshot.h"

namespace lf::records {

struct TextTable {
  std::string title;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  ///< each as long as `columns`
};

/// Models and scores; settings that differ; weights by layer; divergence. Tables without rows are left out.
std::vector<TextTable> comparison_tables(const CompareBlock& block);

/// Title, columns and rows, aligned with spaces. UTF-8.
std::vector<std::string> aligned_lines(const TextTable& table);

/// All of them as one table: table, row, column, value (RFC 4180).
std::string tables_csv(const std::vector<TextTable>& tables);

/// All of them as tables of a page, escaped.
std::string tables_html(const std::vector<TextTable>& tables);

/// Text for a page: & < > " ' as entities.
std::string html_text(const std::string& text);

}  // namespace lf::records
