#include "lab/table.h"

#include <cmath>

#include "base/number_text.h"

namespace lf {

LabTable& LabTable::row() {
  rows_.emplace_back();
  return *this;
}

LabTable& LabTable::cell(double value) {
  rows_.back().push_back(std::isnan(value) ? "" : number_text(value));
  return *this;
}

LabTable& LabTable::cell(const std::string& word) {
  rows_.back().push_back(word);
  return *this;
}

namespace {

std::string line_of(const std::vector<std::string>& cells) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    const bool plain = cells[i].find_first_of(",\"\n") == std::string::npos;
    std::string text = plain ? cells[i] : "\"";
    for (size_t k = 0; !plain && k < cells[i].size(); ++k)
      text += cells[i][k] == '"' ? "\"\"" : cells[i].substr(k, 1);
    line += (i ? "," : "") + text + (plain ? "" : "\"");
  }
  return line + "\n";
}

}  // namespace

std::string LabTable::csv() const {
  std::string text = line_of(columns_);
  for (const auto& row : rows_) text += line_of(row);
  return text;
}

}  // namespace lf
