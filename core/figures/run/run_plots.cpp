#include "figures/run/run_plots.h"

#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "base/time_text.h"
#include "figures/plot.h"
#include "protocol/figure_kinds.h"

namespace lf::figures {
namespace {

[[noreturn]] void refuse(const FigureCommand& command, const std::string& why) {
  throw InputError("figure " + command.kind + ": " + why);
}

/// One curve of the figure, and the word for it in the table.
struct NamedSeries {
  const char* name;
  const Series& series;
  int tone;
  bool smooth = false;  ///< with its running mean
};

LabCurve curve_over(const FigureCommand& command, const NamedSeries& from) {
  LabCurve curve{from.name, from.tone, from.series.step, from.series.value};
  if (command.by_seconds) {
    if (from.series.seconds.size() != from.series.value.size())
      refuse(command, "the seconds of this run are not known; leave by-seconds out");
    curve.x = from.series.seconds;
  }
  if (from.series.value.size() == 1) curve.points = true;
  return curve;
}

LabTable series_table(const std::vector<NamedSeries>& all, const std::string& quantity) {
  LabTable table({"curve", "step", "training time (s)", quantity});
  for (const NamedSeries& each : all)
    for (size_t i = 0; i < each.series.value.size(); ++i)
      table.row()
          .cell(std::string(each.name))
          .cell(double(each.series.step[i]))
          .cell(i < each.series.seconds.size() ? double(each.series.seconds[i]) : NAN)
          .cell(double(each.series.value[i]));
  return table;
}

/// Ranges and kinds of both axes as the command wants them; `log_y` unless it says otherwise.
void set_axes(LabPlot& plot, const FigureCommand& command, bool log_y) {
  plot.logarithmic_y = command.axes.empty() ? log_y : command.axes == "log-y" || command.axes == "log";
  plot.logarithmic_x = command.axes == "log-x" || command.axes == "log";
  if (const auto x = range_of_text("x", command.x)) plot.x_low = x->low, plot.x_high = x->high;
  if (const auto y = range_of_text("y", command.y)) plot.y_low = y->low, plot.y_high = y->high;
  if (plot.logarithmic_x && !command.x.empty() && plot.x_low <= 0)
    refuse(command, "x=" + command.x + " on a logarithmic axis must begin above 0");
  if (plot.logarithmic_y && !command.y.empty() && plot.y_low <= 0)
    refuse(command, "y=" + command.y + " on a logarithmic axis must begin above 0");
}

PanelFigure curves_figure(const FigureCommand& command, const std::string& title, const std::string& unit,
                          const std::vector<NamedSeries>& all, bool log_y) {
  LabPlot plot;
  plot.x_name = command.by_seconds ? "training time (s)" : "optimiser step";
  plot.y_name = unit;
  for (const NamedSeries& each : all) {
    if (each.series.value.empty()) continue;
    LabCurve curve = curve_over(command, each);
    if (each.smooth && !command.raw) {
      LabCurve raw = curve;
      raw.faint = true;
      plot.curves.push_back(raw);
      curve.y = smoothed(each.series.value);
    }
    plot.curves.push_back(curve);
  }
  if (plot.curves.empty()) refuse(command, "there are no values yet; train first, or open a run");
  set_axes(plot, command, log_y);
  return {{title, "", plot}, series_table(all, title + (unit.empty() ? "" : " (" + unit + ")"))};
}

PanelFigure by_time_figure(const FigureCommand& command, const LossBlock& loss) {
  LabPlot plot;
  plot.x_name = "t";
  plot.y_name = "mean squared velocity error";
  LabTable table({"curve", "t", "flow loss (mean squared velocity error)"});
  const auto add = [&](const char* name, int tone, const std::vector<float>& bins) {
    LabCurve curve{name, tone, {}, bins};
    for (size_t i = 0; i < bins.size(); ++i) {
      curve.x.push_back((float(i) + 0.5f) / float(bins.size()));
      table.row().cell(std::string(name)).cell(double(curve.x.back())).cell(double(bins[i]));
    }
    curve.points = true;
    if (!bins.empty()) plot.curves.push_back(curve);
  };
  add("training", kToneBlue, loss.by_time);
  add("held out", kToneText, loss.by_time_test);
  if (plot.curves.empty()) refuse(command, "the flow has no losses by time yet; train it in this session");
  set_axes(plot, command, false);
  return {{"Flow loss by time", "", plot}, table};
}

const Score& score_of(const FigureCommand& command, const QualityBlock& quality) {
  const bool full = std::any_of(quality.full.confusion.begin(), quality.full.confusion.end(),
                                [](int64_t count) { return count > 0; });
  const Score& score = full ? quality.full : quality.live;
  if (!score.valid) refuse(command, "the samples have not been scored yet; evaluate them first");
  return score;
}

std::string scored(const Score& score) { return with_thousands(score.count) + " samples"; }

PanelFigure class_bars(const FigureCommand& command, const Score& score, const ByClass<double>& shares,
                       const std::string& title) {
  LabBars bars{"% of samples", class_names(), {{"", kToneText, {}}}};
  LabTable table({"class", title + " (%)"});
  for (size_t k = 0; k < shares.size(); ++k) {
    bars.series[0].values.push_back(100 * shares[k]);
    table.row().cell(double(k)).cell(100 * shares[k]);
  }
  if (std::all_of(shares.begin(), shares.end(), [](double share) { return share == 0; }))
    refuse(command, "this score has no values for single classes; evaluate the model again");
  return {{title, scored(score), bars}, table};
}

PanelFigure confusion_figure(const FigureCommand& command, const Score& score) {
  LabMatrix matrix;
  matrix.columns = kClasses;
  matrix.row_names = matrix.column_names = class_names();
  matrix.x_name = "predicted class", matrix.y_name = "requested class";
  matrix.written = true;
  LabTable table({"requested class", "predicted class", "samples", "share of the requested class (%)"});
  int64_t all = 0;
  for (size_t row = 0; row < size_t(kClasses); ++row) {
    int64_t sum = 0;
    for (size_t column = 0; column < size_t(kClasses); ++column)
      sum += score.confusion[row * size_t(kClasses) + column];
    all += sum;
    for (size_t column = 0; column < size_t(kClasses); ++column) {
      const int64_t count = score.confusion[row * size_t(kClasses) + column];
      const double share = sum > 0 ? double(count) / double(sum) : 0;
      matrix.values.push_back(float(share));
      table.row().cell(double(row)).cell(double(column)).cell(double(count)).cell(100 * share);
    }
  }
  if (all == 0) refuse(command, "this score has no confusions; evaluate the model again");
  return {{"Confusions", "%, " + scored(score), matrix}, table};
}

PanelFigure spread_figure(const FigureCommand& command, const std::vector<float>& spread) {
  LabPlot plot;
  plot.x_name = "latent dimension", plot.y_name = "standard deviation of the posterior means";
  LabCurve curve{"", kToneGreen, {}, spread, false, true};
  LabTable table({"latent dimension", "standard deviation of the posterior means"});
  for (size_t i = 0; i < spread.size(); ++i) {
    curve.x.push_back(float(i + 1));
    table.row().cell(double(i + 1)).cell(double(spread[i]));
  }
  if (spread.empty()) refuse(command, "the latents are not known yet; train, or wait for the data");
  plot.curves = {curve};
  set_axes(plot, command, false);
  return {{"Spread of the latents", "", plot}, table};
}

}  // namespace

PanelFigure run_plot(const FigureCommand& command, const Snapshot& snapshot) {
  const LossBlock& loss = *snapshot.loss;
  const QualityBlock& quality = *snapshot.quality;
  const std::string& kind = command.kind;
  if (kind == "loss")
    return curves_figure(
        command, "Flow loss", "mean squared velocity error",
        {{"training", loss.flow_train, kToneBlue, true}, {"held out", loss.flow_test, kToneText}}, true);
  if (kind == "autoencoder-loss")
    return curves_figure(command, "Autoencoder loss", "nats per digit",
                         {{"training", loss.autoencoder_train, kToneGreen, true},
                          {"held out", loss.autoencoder_test, kToneText}},
                         true);
  if (kind == "learning-rate")
    return curves_figure(
        command, "Learning rate", "",
        {{"flow", loss.flow_rate, kToneBlue}, {"autoencoder", loss.autoencoder_rate, kToneGreen}}, false);
  if (kind == "quality")
    return curves_figure(command, "Fréchet distance", "%", {{"FD", quality.history, kToneAmber}}, true);
  if (kind == "loss-by-time") return by_time_figure(command, loss);
  if (kind == "latent-spread") return spread_figure(command, quality.latent_std);
  const Score& score = score_of(command, quality);
  if (kind == "accuracy") return class_bars(command, score, score.digit_accuracy, "Accuracy by class");
  if (kind == "classes") return class_bars(command, score, score.digit_share, "Share of predicted classes");
  return confusion_figure(command, score);
}

}  // namespace lf::figures
