#include "panels/quality/digits.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/classes.h"
#include "panels/quality/quality_text.h"
#include "panels/run_status.h"
#include "panels/sentence.h"
#include "widgets/control/card.h"
#include "widgets/control/facts.h"
#include "widgets/plot/class_bars.h"
#include "widgets/plot/heat_map.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// True (and a text drawn) if there is no score for a card.
bool nothing_scored(const PanelContext& c, const Rect& body, const std::string& what) {
  if (best_score(*c.snapshot.quality).valid) return false;
  const MissingScore missing = missing_score(c.snapshot);
  empty_state(c.ui, body, "—", what + " " + missing.brief);
  return true;
}

ClassBarsSpec digit_bars(const PanelContext& c, const ByClass<double>& values) {
  ClassBarsSpec spec;
  for (size_t d = 0; d < kClasses; ++d) {
    spec.values.push_back(values[d]);
    spec.colours.push_back(c.theme().digits[d]);
    spec.labels.push_back(std::to_string(d));
    spec.figures.push_back(std::isfinite(values[d]) ? fixed(100 * values[d], 0) : "—");
  }
  return spec;
}

bool labelled(const Score& score) {
  return std::any_of(score.confusion.begin(), score.confusion.end(), [](int64_t n) { return n > 0; });
}

void draw_unlabelled(const PanelContext& c, const Rect& body) {
  empty_state(c.ui, body, "—", "This model is unconditional: its samples have no class label.");
}

std::string accuracy_sentence(const Score& score) {
  const auto& values = score.digit_accuracy;
  const auto worst = std::min_element(values.begin(), values.end(), [](double a, double b) {
    return std::isfinite(a) && (!std::isfinite(b) || a < b);
  });
  return "Overall " + percent_text(score.accuracy) + "; weakest is the " +
         std::to_string(worst - values.begin()) + " with " + percent_text(*worst) + ".";
}

}  // namespace

void draw_accuracy_card(const PanelContext& c) {
  const CardBody parts =
      card(c.ui, c.area, {"quality.per_digit", "Accuracy by digit", "% classified as their label", "", {}});
  Rect body = parts.body;
  if (nothing_scored(c, body, "One bar for each digit appears here.")) return;
  const Score& score = best_score(*c.snapshot.quality);
  if (!labelled(score)) return draw_unlabelled(c, body);
  sentence(c, body, accuracy_sentence(score));
  ClassBarsSpec spec = digit_bars(c, score.digit_accuracy);
  spec.info = {"quality.per_digit.bars", "Accuracy per digit",
               "Share of each digit's samples that the classifier assigns to that digit.",
               percent_text(score.accuracy), ""};
  class_bars(c.ui, body, spec);
}

void draw_balance_card(const PanelContext& c) {
  const CardBody parts = card(c.ui, c.area, {"quality.balance", "Class balance", "% of samples", "", {}});
  Rect body = parts.body;
  if (nothing_scored(c, body, "The share of each generated digit appears here.")) return;
  const Score& score = best_score(*c.snapshot.quality);
  facts(c.ui, body.take_bottom(c.px(40), c.px(6)),
        {{{"quality.class_kl", "Imbalance",
           "Kullback-Leibler divergence from the class shares of the training set, in nats; 0 is balanced.",
           fixed(score.class_kl, 4) + " nats", ""},
          0},
         {{"quality.mean_ink", "Mean ink",
           "Mean pixel value of the samples; MNIST has 13.1 %. Less means thin or missing strokes, more "
           "means blots.",
           percent_text(score.mean_ink), ""},
          0}},
        80);
  ClassBarsSpec spec = digit_bars(c, score.digit_share);
  spec.info = {"quality.balance.bars", "Class balance",
               "Share of the samples that the classifier assigns to each digit.", fixed(score.class_kl, 4),
               ""};
  spec.high = 1.3 * std::max(0.1, *std::max_element(score.digit_share.begin(), score.digit_share.end()));
  spec.expected = 0.1;
  spec.expected_word = "a tenth";
  class_bars(c.ui, body, spec);
}

void draw_confusion_card(const PanelContext& c) {
  const CardBody parts = card(c.ui, c.area, {"quality.confusion", "Confusions", "samples", "", {}});
  Rect body = parts.body;
  if (nothing_scored(c, body, "Class label by predicted class appears here.")) return;
  const Score& score = best_score(*c.snapshot.quality);
  if (!labelled(score)) return draw_unlabelled(c, body);
  const bool beside = body.w > 1.7f * body.h;
  if (!beside) sentence(c, body, confusion_sentence(score));
  if (beside) {
    const Rect words = body.take_right(body.w - 1.2f * body.h, c.px(12));
    draw_paragraph(c.ui, {words.x, words.y + c.px(38), words.w, words.h}, Type::Small, c.theme().text2,
                   confusion_sentence(score));
  }
  HeatMapSpec spec;
  spec.info = {"quality.confusion.map", "Confusions", "Rows: class label. Columns: the classifier's class.",
               percent_text(score.accuracy), ""};
  spec.row_colours.assign(c.theme().digits.begin(), c.theme().digits.end());
  spec.on_diagonal = c.theme().good;
  spec.off_diagonal = c.theme().error;
  spec.row_word = "label";
  spec.column_word = "predicted";
  for (int i = 0; i < kClasses * kClasses; ++i) {
    const int64_t asked = asked_for(score, i / kClasses), count = score.confusion[static_cast<size_t>(i)];
    spec.values.push_back(asked > 0 ? static_cast<double>(count) / static_cast<double>(asked) : 0);
    spec.cell_texts.push_back("Class label " + std::to_string(i / kClasses) + ", classified as " +
                              std::to_string(i % kClasses) + ": " + grouped(count) + " of " + grouped(asked) +
                              " samples.");
  }
  heat_map(c.ui, body, spec);
}

}  // namespace lf::app::panels
