// The rows of a table in text form, as this program and spreadsheets write them (RFC 4180 and its
// variants): any separator, quoted cells, any end of line, a byte-order mark, UTF-16, decimal
// commas.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lf::records {

/// The text without a byte-order mark; UTF-16 as UTF-8, with '?' for what is not ASCII.
std::string plain_text(const std::string& text);

/// Iterates over a table row by row. The text must outlive it.
class TableRows {
 public:
  TableRows(const std::string& text, char separator) : text_(&text), separator_(separator) {}
  /// The next row, cells without quotes and without blanks at their ends; false at the end of the text.
  bool next(std::vector<std::string>& cells);
  int line() const { return line_; }  ///< where the last row began, from 1

 private:
  std::string next_cell();
  std::string quoted_cell();
  const std::string* text_;
  char separator_;
  size_t at_ = 0;
  int line_ = 0, next_line_ = 1;
};

/// True for a cell without a value: empty, NaN, an infinity, "n/a", a spreadsheet's "#DIV/0!".
bool is_no_value(const std::string& cell);

/// The number in a cell with the decimal mark `decimal` ('.' or ','); the other mark and blanks
/// group its digits. Nothing if it is no number.
std::optional<double> number_in_cell(const std::string& cell, char decimal);

/// The decimal mark of such a cell; 0 if it is undetermined.
char decimal_mark(const std::string& cell);

}  // namespace lf::records
