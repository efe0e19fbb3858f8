#include "lab/table.h"

#include <cmath>

#include "base/errors.h"
#include "base/number_text.h"
#include "lab/coupling/result.h"
#include "lab/drawing/result.h"
#include "lab/field/result.h"
#include "lab/ghost/result.h"
#include "lab/guidance/result.h"
#include "lab/interpolation/result.h"
#include "lab/likelihood/result.h"
#include "lab/loss_floor/result.h"
#include "lab/map/result.h"
#include "lab/nearest/result.h"
#include "lab/network/result.h"
#include "lab/solvers/result.h"
#include "lab/step/result.h"
#include "lab/straightness/result.h"
#include "lab/time_grid/result.h"

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

LabTable lab_table(const LabBlock& block) {
  if (block.ghost) return lab_table(*block.ghost);
  if (block.solvers) return lab_table(*block.solvers);
  if (block.guidance_grid) return lab_table(*block.guidance_grid);
  if (block.map) return lab_table(*block.map);
  if (block.drawing) return lab_table(*block.drawing);
  if (block.interpolation) return lab_table(*block.interpolation);
  if (block.straightness) return lab_table(*block.straightness);
  if (block.time_grid) return lab_table(*block.time_grid);
  if (block.network) return lab_table(*block.network);
  if (block.step) return lab_table(*block.step);
  if (block.nearest) return lab_table(*block.nearest);
  if (block.likelihood) return lab_table(*block.likelihood);
  if (block.coupling) return lab_table(*block.coupling);
  if (block.loss_floor) return lab_table(*block.loss_floor);
  if (block.field) return lab_table(*block.field);
  throw InputError(block.tool.empty()
                       ? "no lab tool is open; open one first"
                       : "the tool " + block.tool + " has no numbers yet; wait for its first result");
}

}  // namespace lf
