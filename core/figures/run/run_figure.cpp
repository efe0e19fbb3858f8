#include "figures/run/run_figure.h"

#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "base/time_text.h"
#include "figures/parts.h"
#include "figures/print/save.h"
#include "figures/run/run_plots.h"
#include "lab/tools.h"
#include "protocol/figure_kinds.h"
#include "protocol/sweep.h"

namespace lf::figures {
namespace {

using Needs = FigureKind::Needs;

bool has_flow(const FlowBlock& flow) {
  const auto images = flow.t.size() * size_t(std::max<int64_t>(0, flow.digits));
  return images > 0 && flow.images.holds(images) && flow.labels.size() >= size_t(flow.digits);
}

double class_or_nan(const std::vector<uint8_t>& labels, size_t i) {
  return i < labels.size() && labels[i] < kClasses ? double(labels[i]) : NAN;
}

/// The grey values of images of the flow: those of one state, or all.
LabTable image_table(const FlowBlock& flow, size_t first_state, size_t last_state) {
  const ImageShape& shape = flow.images.shape;
  std::vector<std::string> columns{"sample", "class", "t"};
  for (int y = 0; y < shape.height; ++y)
    for (int x = 0; x < shape.width; ++x)
      columns.push_back("row " + std::to_string(y) + " column " + std::to_string(x) + " (grey 0-255)");
  LabTable table(columns);
  const auto digits = size_t(flow.digits);
  for (size_t state = first_state; state <= last_state; ++state)
    for (size_t i = 0; i < digits; ++i) {
      table.row().cell(double(i)).cell(class_or_nan(flow.labels, i)).cell(double(flow.t[state]));
      const ImageView image = flow.images.image(state * digits + i);
      for (int k = 0; k < shape.pixels(); ++k) table.cell(double(image.pixels[k]));
    }
  return table;
}

/// Trajectories, then the cloud, which has no t.
LabTable map_table(const FlowBlock& flow, const MapBlock& map) {
  LabTable table({"point", "class", "t", "x (latent units)", "y (latent units)"});
  const auto particles = size_t(flow.particles);
  if (flow.points.size() >= 2 * particles * flow.t.size())
    for (size_t s = 0; s < flow.t.size(); ++s)
      for (size_t i = 0; i < particles; ++i) {
        const float* p = &flow.points[2 * (s * particles + i)];
        table.row().cell("sample " + std::to_string(i)).cell(class_or_nan(flow.labels, i));
        table.cell(double(flow.t[s])).cell(double(p[0])).cell(double(p[1]));
      }
  for (size_t i = 0; 2 * i + 1 < map.points.size(); ++i)
    table.row()
        .cell("digit " + std::to_string(i))
        .cell(class_or_nan(map.labels, i))
        .cell(NAN)
        .cell(double(map.points[2 * i]))
        .cell(double(map.points[2 * i + 1]));
  return table;
}

LabTable reconstruction_table(const ReconstructionBlock& block) {
  LabTable table({"index in the data set", "class", "mean squared error (pixels in 0-1)"});
  for (size_t i = 0; i < block.original.count(); ++i)
    table.row()
        .cell(i < block.index.size() ? double(block.index[i]) : NAN)
        .cell(class_or_nan(block.labels, i))
        .cell(i < block.mse.size() ? double(block.mse[i]) : NAN);
  return table;
}

LabTable losses_table(const LossBlock& loss) {
  LabTable table(
      {"curve", "step", "training time (s)", "loss (nats per digit; of the flow: squared velocity)"});
  const auto add = [&](const char* name, const Series& series) {
    for (size_t i = 0; i < series.value.size(); ++i)
      table.row()
          .cell(std::string(name))
          .cell(double(series.step[i]))
          .cell(i < series.seconds.size() ? double(series.seconds[i]) : NAN)
          .cell(double(series.value[i]));
  };
  add("autoencoder, training", loss.autoencoder_train);
  add("autoencoder, held out", loss.autoencoder_test);
  add("flow, training", loss.flow_train);
  add("flow, held out", loss.flow_test);
  return table;
}

LabTable compared_table(const std::vector<RunCurves>& curves) {
  LabTable table({"model", "step", "held-out flow loss (mean squared velocity error)"});
  for (const RunCurves& each : curves)
    for (size_t i = 0; i < each.flow_test.value.size(); ++i)
      table.row().cell(each.name).cell(double(each.flow_test.step[i])).cell(double(each.flow_test.value[i]));
  return table;
}

/// Whose figure it is, below the title of a lab tool.
std::string lab_remark(const LabBlock& lab) {
  return "flow step " + with_thousands(lab.trained_step) + ", seed " + std::to_string(lab.seed);
}

/// A figure whose layout is fixed: the width scales all of it.
void save_scaled(const FigureCommand& c, Drawing drawing, const LabTable& table, bool png_as_shown) {
  const double natural = double(drawing.width());
  const double width = c.width > 0    ? c.width
                       : png_as_shown ? natural * kMmPerUnit
                                      : figure_kind(c.kind).width;
  if (c.height > 0)
    throw InputError("figure " + c.kind + ": height applies only to figures with plots; name a width");
  drawing.mm_per_unit = width / natural;
  save_figure(c.file, drawing, table, c.dpi);
}

/// A figure of panels: they fill the width with words of the same size.
void save_panels(const FigureCommand& c, const LabHeading& heading, const LabFigure& figure,
                 const LabTable& table, const Palette& palette, double own_mm) {
  const double width = c.width > 0 ? c.width : own_mm;
  const FigureLayout layout{palette, float(width / kMmPerUnit), float(c.height / kMmPerUnit)};
  save_figure(c.file, draw_lab(heading, figure, layout), table, c.dpi);
}

}  // namespace

/// True if the confusions of a score are known: a stored one may lack them.
static bool classes_known(const Score& score) {
  return score.valid &&
         std::any_of(score.confusion.begin(), score.confusion.end(), [](int64_t count) { return count > 0; });
}

bool figure_known(const std::string& kind, const Snapshot& now) {
  switch (figure_kind(kind).needs) {
    case Needs::Curves:
      return !now.loss->flow_train.value.empty() || !now.loss->autoencoder_train.value.empty();
    case Needs::Flow:
      return has_flow(*now.flow);
    case Needs::Map:
      return has_flow(*now.flow) && !now.map->points.empty() && !now.flow->points.empty();
    case Needs::Reconstructions:
      return !now.reconstruction->original.empty();
    case Needs::Score:
      if (kind != "quality") return classes_known(now.quality->full) || classes_known(now.quality->live);
      return now.quality->full.valid || now.quality->live.valid || !now.quality->history.value.empty();
    case Needs::Latents:
      return !now.quality->latent_std.empty();
    case Needs::Lab:
      return now.lab->result != nullptr;
    case Needs::Compare:
      return now.compare->models.size() >= 2;
    case Needs::Sweep:
      return now.sweep != nullptr;
  }
  return false;
}

namespace {

/// Figures that are no panels.
void write_fixed_figure(const FigureCommand& c, const Snapshot& now, const Palette& palette) {
  const bool as_shown = std::filesystem::path(c.file).extension() == ".png" && c.palette.empty();
  const FlowBlock& flow = *now.flow;
  if (c.kind == "losses")
    return save_scaled(c, draw_loss(*now.loss, palette), losses_table(*now.loss), as_shown);
  if (c.kind == "reconstructions")
    return save_scaled(c, draw_reconstructions(*now.reconstruction, palette),
                       reconstruction_table(*now.reconstruction), as_shown);
  if (c.kind == "compare")
    return save_scaled(c, draw_comparison(*now.compare, now.runs->compared, palette),
                       compared_table(now.runs->compared), as_shown);
  if (c.kind == "sweep") {
    const auto drawing = draw_sweep(now.sweep->plan, now.sweep->runs, palette);
    if (!drawing) throw InputError("figure sweep: only sweeps over one or two settings have a figure");
    return save_scaled(c, *drawing, sweep_table(now.sweep->plan, now.sweep->runs), as_shown);
  }
  if (c.kind == "digits") {
    const auto nearest = std::min_element(flow.t.begin(), flow.t.end(), [&](float a, float b) {
      return std::abs(double(a) - c.t) < std::abs(double(b) - c.t);
    });
    const auto state = size_t(nearest - flow.t.begin());
    return save_scaled(c, draw_samples(flow, c.t, palette), image_table(flow, state, state), as_shown);
  }
  if (c.kind == "map")
    return save_scaled(c, draw_map_figure(flow, *now.map, palette), map_table(flow, *now.map), as_shown);
  FlowBlock strip = flow;
  if (c.kind == "strip") strip.points.clear();
  const LabTable table =
      c.kind == "strip" ? image_table(flow, 0, flow.t.size() - 1) : map_table(flow, *now.map);
  save_scaled(c, draw_trajectories(strip, *now.map, palette), table, as_shown);
}

}  // namespace

void write_run_figure(const FigureCommand& c, const Snapshot& now) {
  check_figure(c);
  check_figure_file("figure " + c.kind + ":", c.file);
  const FigureKind& kind = figure_kind(c.kind);
  if (!figure_known(c.kind, now))
    throw InputError("figure " + c.kind + ": there is nothing to draw yet (" + kind.content + ")");
  const PrintForm form = print_form(c);
  if (kind.needs == Needs::Lab) {
    const LabToolInfo& tool = lab_tool(now.lab->tool);
    const Palette& palette = palette_for(c.file, form, kLight);
    const bool as_shown = &palette == &kLight;
    return save_panels(c, {tool.name, tool.question, lab_remark(*now.lab)}, now.lab->result->figure(),
                       lab_table(*now.lab), palette, as_shown ? double(kLabWidth) * kMmPerUnit : kind.width);
  }
  const Palette& palette = palette_for(c.file, form, kDark);
  const bool panels = (kind.needs == Needs::Curves && c.kind != "losses") || kind.needs == Needs::Score ||
                      kind.needs == Needs::Latents;
  if (!panels) return write_fixed_figure(c, now, palette);
  const PanelFigure figure = run_plot(c, now);
  save_panels(c, {}, {"", {{figure.panel}}}, figure.table, palette, kind.width);
}

}  // namespace lf::figures
