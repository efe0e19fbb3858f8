#include "records/comparison_tables.h"

#include <algorithm>

#include "base/number_text.h"
#include "base/time_text.h"
#include "lab/table.h"
#include "protocol/mean_deviation.h"

namespace lf::records {
namespace {

/// Letters of UTF-8 text.
size_t letters(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string or_dash(double value, int decimals, const std::string& unit, bool known) {
  return known ? fixed(value, decimals) + unit : "—";
}

TextTable models_table(const CompareBlock& block) {
  TextTable table{"Models", {"model", "preset", "parameters", "flow steps", "FD", "accuracy", "PSNR"}, {}};
  if (block.evaluations > 0) {
    const std::string of = std::to_string(block.evaluations) + " × " + with_thousands(block.samples);
    table.columns.insert(table.columns.end(), {"FD, " + of, "accuracy, " + of});
  }
  for (const ComparedModel& model : block.models) {
    const Score& score = model.score;
    std::vector<std::string> row{model.name,
                                 model.preset,
                                 with_thousands(model.parameters),
                                 with_thousands(model.flow_steps),
                                 or_dash(score.fd, 2, " %", score.valid),
                                 or_dash(100 * score.accuracy, 1, " %", score.valid),
                                 or_dash(score.psnr, 2, " dB", score.valid && score.psnr > 0)};
    if (block.evaluations > 0) {
      row.push_back(mean_text(model.fd, 1, 2, "%"));
      row.push_back(mean_text(model.accuracy, 100, 1, "%"));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Of the samples of each class the share that the classifier assigns to it.
TextTable classes_table(const CompareBlock& block) {
  TextTable table{"Accuracy by class", {"model"}, {}};
  for (int digit = 0; digit < kClasses; ++digit) table.columns.push_back(std::to_string(digit));
  for (const ComparedModel& model : block.models) {
    if (model.accuracy.empty()) continue;
    std::vector<std::string> row{model.name};
    for (const double value : model.digit_accuracy) row.push_back(fixed(100 * value, 1) + " %");
    table.rows.push_back(std::move(row));
  }
  return table;
}

TextTable settings_table(const CompareBlock& block) {
  TextTable table{"Settings that differ", {"setting"}, {}};
  for (const ComparedModel& model : block.models) table.columns.push_back(model.name);
  for (const SettingDifference& setting : block.settings) {
    std::vector<std::string> row{setting.key};
    for (size_t i = 0; i < setting.values.size(); ++i)
      row.push_back(setting.values[i] + (setting.initial[i] != 0 ? " (default)" : ""));
    table.rows.push_back(std::move(row));
  }
  return table;
}

TextTable weights_table(const CompareBlock& block, size_t other) {
  const WeightsDifference& weights = block.weights[other - 1];
  TextTable table{"Weights of " + block.models[other].name + " against " + block.models[0].name,
                  {"layer", "numbers", "relative difference", "cosine"},
                  {}};
  if (weights.same) table.rows.push_back({"all", "", "0", "1"});
  for (const std::string& unlike : weights.unlike) table.rows.push_back({unlike, "", "", ""});
  if (weights.same) return table;
  for (const LayerDifference& layer : weights.layers)
    table.rows.push_back({layer.part + ": " + layer.name, with_thousands(layer.numbers),
                          short_number(layer.difference, 3), fixed(layer.cosine, 4)});
  return table;
}

TextTable divergence_table(const CompareBlock& block) {
  TextTable table{"Divergence from " + block.models[0].name, {"model", "divergence"}, {}};
  for (size_t i = 0; i < block.divergence.size(); ++i)
    if (!block.divergence[i].empty()) table.rows.push_back({block.models[i + 1].name, block.divergence[i]});
  return table;
}

}  // namespace

std::vector<TextTable> comparison_tables(const CompareBlock& block) {
  std::vector<TextTable> tables;
  if (block.models.empty()) return tables;
  tables.push_back(models_table(block));
  tables.push_back(classes_table(block));
  tables.push_back(settings_table(block));
  for (size_t i = 1; i <= block.weights.size(); ++i) tables.push_back(weights_table(block, i));
  tables.push_back(divergence_table(block));
  const auto empty = [](const TextTable& table) { return table.rows.empty(); };
  tables.erase(std::remove_if(tables.begin(), tables.end(), empty), tables.end());
  return tables;
}

std::vector<std::string> aligned_lines(const TextTable& table) {
  std::vector<std::vector<std::string>> all{table.columns};
  all.insert(all.end(), table.rows.begin(), table.rows.end());
  std::vector<size_t> widths(table.columns.size(), 0);
  // A long first line of a single cell would push the columns apart.
  for (const auto& row : all)
    for (size_t i = 0; i < row.size(); ++i)
      if (i + 1 == row.size() || !row[i + 1].empty()) widths[i] = std::max(widths[i], letters(row[i]));
  std::vector<std::string> lines{table.title};
  for (const auto& row : all) {
    std::string line = " ";
    for (size_t i = 0; i < row.size(); ++i) {
      line += " " + row[i];
      const size_t taken = letters(row[i]);
      line += std::string(widths[i] >= taken ? widths[i] - taken + 1 : 0, ' ');
    }
    lines.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
  }
  return lines;
}

std::string tables_csv(const std::vector<TextTable>& tables) {
  LabTable csv({"table", "row", "column", "value"});
  for (const TextTable& table : tables)
    for (const auto& row : table.rows)
      for (size_t i = 1; i < row.size(); ++i)
        csv.row().cell(table.title).cell(row[0]).cell(table.columns[i]).cell(row[i]);
  return csv.csv();
}

std::string html_text(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string tables_html(const std::vector<TextTable>& tables) {
  std::string html;
  for (const TextTable& table : tables) {
    html += "<h2>" + html_text(table.title) + "</h2>\n<table>\n<tr>";
    for (const auto& column : table.columns) html += "<th>" + html_text(column) + "</th>";
    html += "</tr>\n";
    for (const auto& row : table.rows) {
      html += "<tr>";
      for (const auto& cell : row) html += "<td>" + html_text(cell) + "</td>";
      html += "</tr>\n";
    }
    html += "</table>\n";
  }
  return html;
}

}  // namespace lf::records
