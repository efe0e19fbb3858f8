#include "panels/compare/differences.h"

#include <algorithm>

#include "panels/compare/models.h"
#include "protocol/mean_deviation.h"
#include "widgets/control/card.h"
#include "widgets/control/scroll.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr float kTableLine = 24;

struct DifferenceView {
  const char* id;
  const char* label;
  const char* tooltip;
};
constexpr DifferenceView kViews[] = {
    {"scores", "scores", "Quality of each model, with the standard deviation over evaluations."},
    {"classes", "by class", "Share of the samples of each class that the classifier assigns to it."},
    {"settings", "settings", "Settings in which the models differ."},
    {"weights", "weights",
     "Weights used for sampling, layer by layer: ‖b − a‖ / ‖a‖, and the cosine of the two."},
    {"divergence", "divergence", "The first recorded step at which two runs have different weights."}};

std::string view_of(const PanelContext& c) { return c.view.text("compare.view", "scores"); }

/// One line of a table: the first cell takes a share of the width, the others share the rest.
void draw_cells(const PanelContext& c, Rect line, float first, const std::vector<std::string>& cells,
                Color colour) {
  draw_text(c.ui, line.take_left(first * line.w, c.px(8)), Type::Small, colour, cells[0]);
  const auto rest = columns(line, std::vector<float>(std::max<size_t>(1, cells.size() - 1), 1), c.px(8));
  for (size_t i = 1; i < cells.size(); ++i)
    draw_text(c.ui, rest[i - 1], Type::MonoSmall, colour, cells[i], Align::Right);
}

/// The names of the models above their columns, in their colours.
void draw_model_heads(const PanelContext& c, Rect line, float first) {
  const auto& models = c.snapshot.compare->models;
  line.take_left(first * line.w, c.px(8));
  const auto cells = columns(line, std::vector<float>(models.size(), 1), c.px(8));
  for (size_t i = 0; i < models.size(); ++i)
    draw_text(c.ui, cells[i], Type::Small, compared_colour(c.theme(), i), models[i].name, Align::Right);
}

void draw_scores(const PanelContext& c, Rect body) {
  const CompareBlock& block = *c.snapshot.compare;
  const float first = 0.26f;
  draw_model_heads(c, body.take_top(c.px(kTableLine)), first);
  const auto row = [&](const std::string& name, auto value) {
    std::vector<std::string> cells{name};
    for (const ComparedModel& model : block.models) cells.push_back(value(model));
    draw_cells(c, body.take_top(c.px(kTableLine)), first, cells, c.theme().text);
  };
  row("FD, here", [](const ComparedModel& m) { return mean_text(m.fd, 1, 2, "%"); });
  row("accuracy, here", [](const ComparedModel& m) { return mean_text(m.accuracy, 100, 1, "%"); });
  row("FD, stored",
      [](const ComparedModel& m) { return m.score.valid ? fixed(m.score.fd, 2) + " %" : std::string("—"); });
  row("accuracy, stored", [](const ComparedModel& m) {
    return m.score.valid ? fixed(100 * m.score.accuracy, 1) + " %" : std::string("—");
  });
  row("PSNR, stored", [](const ComparedModel& m) {
    return m.score.psnr > 0 ? fixed(m.score.psnr, 2) + " dB" : std::string("—");
  });
  row("flow steps", [](const ComparedModel& m) { return grouped(m.flow_steps); });
  row("parameters", [](const ComparedModel& m) { return grouped(m.parameters); });
  const std::string note = "Here: mean and standard deviation of " + std::to_string(block.evaluations) +
                           " evaluations of " + grouped(block.samples) + " samples each" +
                           (block.complete ? "." : "; they are being computed.") +
                           " Few samples give a higher FD than many: compare only values of one row.";
  draw_paragraph(c.ui, body, Type::Small, c.theme().text2, note);
}

/// A group of bars for each class, one bar per model.
void draw_classes(const PanelContext& c, Rect body) {
  const auto& models = c.snapshot.compare->models;
  const auto scored = [](const ComparedModel& model) { return !model.accuracy.empty(); };
  if (std::none_of(models.begin(), models.end(), scored)) {
    draw_paragraph(
        c.ui, body, Type::Body, c.theme().text2,
        "No evaluation is complete yet. It needs a classifier for these digits and waits while a run "
        "trains.");
    return;
  }
  draw_text(c.ui, body.take_bottom(c.px(22)), Type::Small, c.theme().text2,
            "Accuracy of the samples of each class, one bar per model; about " +
                grouped(c.snapshot.compare->samples * c.snapshot.compare->evaluations / kClasses) +
                " samples per bar.");
  const auto groups = columns(body, std::vector<float>(kClasses, 1), c.px(10));
  for (size_t digit = 0; digit < kClasses; ++digit) {
    Rect group = groups[digit];
    std::string values;
    draw_text(c.ui, group.take_bottom(c.px(20)), Type::Body, c.theme().digits[digit], std::to_string(digit),
              Align::Center);
    const auto bars = columns(group, std::vector<float>(models.size(), 1), c.px(2));
    for (size_t i = 0; i < models.size(); ++i) {
      if (!scored(models[i])) continue;
      const double value = models[i].digit_accuracy[digit];
      Rect bar = bars[i];
      values += (values.empty() ? "" : ", ") + fixed(100 * value, 1) + " %";
      draw_text(c.ui, bar.take_top(c.px(18)), Type::MonoSmall, c.theme().text2, fixed(100 * value, 0),
                Align::Center);
      const Rect full = bar;
      bar.take_top(static_cast<float>(1 - std::clamp(value, 0.0, 1.0)) * full.h);
      draw()->AddRectFilled(bar.min(), bar.max(), compared_colour(c.theme(), i), c.px(2));
    }
    readout(c.ui, groups[digit],
            {"compare.class." + std::to_string(digit), "Digit " + std::to_string(digit), values, values, ""});
  }
}

void draw_settings(const PanelContext& c, Rect body) {
  const CompareBlock& block = *c.snapshot.compare;
  if (block.settings.empty()) {
    draw_paragraph(c.ui, body, Type::Body, c.theme().text2, "All settings are the same.");
    return;
  }
  const float first = 0.32f;
  draw_model_heads(c, body.take_top(c.px(kTableLine)), first);
  scroll_area(c.ui, body, "compare.settings", [&](const Rect& room) {
    Rect rest{room.x, room.y, room.w - c.px(14), 1e6f};
    for (const SettingDifference& setting : block.settings) {
      std::vector<std::string> cells{setting.key};
      for (size_t i = 0; i < setting.values.size(); ++i)
        cells.push_back(setting.values[i] + (setting.initial[i] != 0 ? " (default)" : ""));
      const Rect line = rest.take_top(c.px(kTableLine));
      readout(c.ui, line, {"compare.setting." + setting.key, setting.label, "", cells.back(), ""});
      draw_cells(c, line, first, cells, c.theme().text);
    }
    return c.px(kTableLine) * static_cast<float>(block.settings.size());
  });
}

/// A layer: its name, a bar for the relative difference, both numbers.
void draw_layer(const PanelContext& c, Rect line, const LayerDifference& layer, double largest) {
  draw_text(c.ui, line.take_left(0.44f * line.w, c.px(8)), Type::Small, c.theme().text, layer.name);
  draw_text(c.ui, line.take_right(c.px(64), c.px(8)), Type::MonoSmall, c.theme().text2,
            fixed(layer.cosine, 4), Align::Right);
  draw_text(c.ui, line.take_right(c.px(64), c.px(8)), Type::MonoSmall, c.theme().text,
            short_number(layer.difference, 3), Align::Right);
  const float share = largest > 0 ? static_cast<float>(layer.difference / largest) : 0;
  const float y = line.center().y;
  draw()->AddRectFilled({line.x, y - c.px(4)}, {line.x + std::max(c.px(1), share * line.w), y + c.px(4)},
                        compared_colour(c.theme(), other_model(c)), c.px(3));
}

bool part_is_same(const WeightsDifference& weights, const std::string& part) {
  return std::all_of(weights.layers.begin(), weights.layers.end(), [&](const LayerDifference& layer) {
    return layer.part != part || layer.difference == 0;
  });
}

void draw_weights(const PanelContext& c, Rect body) {
  const CompareBlock& block = *c.snapshot.compare;
  const size_t other = other_model(c);
  if (other == 0 || other > block.weights.size()) return;
  const WeightsDifference& weights = block.weights[other - 1];
  const std::string pair = block.models[other].name + " against " + block.models[0].name;
  if (weights.same) {
    draw_paragraph(c.ui, body, Type::Body, c.theme().text2, pair + ": every weight is the same.");
    return;
  }
  Rect head = body.take_top(c.px(kTableLine));
  draw_text(c.ui, head.take_right(c.px(64), c.px(8)), Type::Small, c.theme().text2, "cosine", Align::Right);
  draw_text(c.ui, head.take_right(c.px(72), c.px(8)), Type::Small, c.theme().text2, "difference",
            Align::Right);
  draw_text(c.ui, head, Type::Small, c.theme().text2, pair);
  for (const std::string& unlike : weights.unlike)
    draw_text(c.ui, body.take_top(c.px(kTableLine)), Type::Small, c.theme().text2, unlike);
  double largest = 0;
  for (const LayerDifference& layer : weights.layers) largest = std::max(largest, layer.difference);
  scroll_area(c.ui, body, "compare.weights", [&](const Rect& room) {
    Rect rest{room.x, room.y, room.w - c.px(14), 1e6f};
    std::string part;
    float used = 0;
    bool equal = false;
    for (const LayerDifference& layer : weights.layers) {
      if (layer.part != part) {
        part = layer.part;
        equal = part_is_same(weights, part);
        draw_text(c.ui, rest.take_top(c.px(kTableLine)), Type::Small, c.theme().text2,
                  equal ? part + ": every weight is the same" : part);
        used += c.px(kTableLine);
      }
      if (equal) continue;
      draw_layer(c, rest.take_top(c.px(kTableLine)), layer, largest);
      used += c.px(kTableLine);
    }
    return used;
  });
}

/// Runs in the state of a comparison that can be trained again.
std::string narrow_reason(const PanelContext& c) {
  const auto& models = c.snapshot.compare->models;
  if (models.size() < 2) return "Choose a second run first.";
  if (c.snapshot.run->running) return "A run is training; pause it first.";
  if (c.snapshot.job->active) return "Another job is running.";
  return "";
}

void draw_divergence(const PanelContext& c, Rect body) {
  const CompareBlock& block = *c.snapshot.compare;
  for (size_t i = 0; i < block.divergence.size(); ++i) {
    if (block.divergence[i].empty()) continue;
    draw_compared_name(c, body.take_top(c.px(kTableLine)), i + 1, "");
    body.take_top(draw_paragraph(c.ui, body, Type::Body, c.theme().text, block.divergence[i] + "."),
                  c.px(10));
  }
  const ControlInfo narrow{"compare.narrow", "Find the exact step",
                           "Trains the first two runs again, step by step, and compares their weights.", "",
                           narrow_reason(c)};
  Rect line = body.take_top(c.px(30), c.px(8));
  if (button(c.ui, line.take_left(button_width(c.ui, narrow.label)), narrow)) {
    CompareCommand command;
    command.first = block.models[0].path;
    command.second = block.models[1].path;
    command.narrow = true;
    c.send(command);
  }
  for (auto result = c.snapshot.results->results.rbegin(); result != c.snapshot.results->results.rend();
       ++result) {
    if (result->verb != "compare") continue;
    draw_paragraph(c.ui, body, Type::Small, c.theme().text2, "Last answer: " + result->text + ".");
    break;
  }
}

}  // namespace

void draw_differences_card(const PanelContext& c) {
  const std::string view = view_of(c);
  CardSpec spec{"card.differences", "What differs", "", "", {}};
  for (const DifferenceView& each : kViews)
    spec.chips.push_back(
        {{std::string("compare.view.") + each.id, each.label, each.tooltip, "", ""}, view == each.id});
  const CardBody parts = card(c.ui, c.area, spec);
  if (parts.clicked >= 0) c.view.set("compare.view", std::string(kViews[parts.clicked].id));
  if (view == "classes") return draw_classes(c, parts.body);
  if (view == "settings") return draw_settings(c, parts.body);
  if (view == "weights") return draw_weights(c, parts.body);
  if (view == "divergence") return draw_divergence(c, parts.body);
  draw_scores(c, parts.body);
}

}  // namespace lf::app::panels
