// The numbers of a tool as a table, for a spreadsheet: one line of names, then values, separated by commas.
#pragma once

#include <string>
#include <vector>

namespace lf {

class LabTable {
 public:
  explicit LabTable(std::vector<std::string> columns) : columns_(std::move(columns)) {}

  /// Starts a row; cells follow.
  LabTable& row();
  LabTable& cell(double value);  ///< NaN leaves it empty
  LabTable& cell(const std::string& word);

  size_t rows() const { return rows_.size(); }
  /// RFC 4180, lines end in \n.
  std::string csv() const;

 private:
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace lf
