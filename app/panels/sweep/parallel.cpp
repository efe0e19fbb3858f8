// Parallel axes: every finished run as a line through its values to its FD.
#include <algorithm>

#include "panels/sweep/cards.h"
#include "panels/sweep/sweep_text.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr float kMargin = 56, kAxisHead = 32, kAxisFoot = 12;

float place_of(size_t index, size_t count) {
  return count < 2 ? 0.5f : static_cast<float>(index) / static_cast<float>(count - 1);
}

struct ParallelPlan {
  Rect area;  ///< of the axes
  float step = 0;
  double low = 0, high = 0;  ///< FD

  float x(size_t axis) const { return area.x + step * static_cast<float>(axis); }
  float y(float unit) const { return area.bottom() - unit * area.h; }
  float fd_unit(double fd) const { return high > low ? static_cast<float>((fd - low) / (high - low)) : 0.5f; }
};

void draw_axis_words(const PanelContext& c, const ParallelPlan& p, const SweepPlan& plan) {
  const Theme& t = c.theme();
  for (size_t i = 0; i <= plan.axes.size(); ++i) {
    const float x = p.x(i);
    draw()->AddLine({x, p.area.y}, {x, p.area.bottom()}, t.border, c.px(1.5f));
    const Rect head{x - 0.5f * p.step, p.area.y - c.px(kAxisHead), p.step, c.px(16)};
    const bool last = i == plan.axes.size();
    const std::string name = last ? "FD %" : plan.axes[i].setting;
    draw_text(c.ui, i == 0 ? Rect{x - c.px(kMargin), head.y, p.step, head.h} : head, Type::Small, t.text2,
              name, i == 0 ? Align::Left : Align::Center);
    const auto label = [&](float unit, const std::string& text) {
      const Rect place{x + c.px(6), p.y(unit) - c.px(9), text_size(c.ui, Type::MonoSmall, text).x + c.px(6),
                       c.px(18)};
      draw()->AddRectFilled(place.min(), place.max(), fade(t.card, 0.85f), c.px(4));
      draw_text(c.ui, place, Type::MonoSmall, t.text, text, Align::Center);
    };
    if (last) {
      label(0, fixed(p.low, 2));
      if (p.high > p.low) label(1, fixed(p.high, 2));
      continue;
    }
    for (size_t k = 0; k < plan.axes[i].values.size(); ++k)
      label(place_of(k, plan.axes[i].values.size()), plan.axes[i].values[k]);
  }
}

}  // namespace

void draw_sweep_parallel(const PanelContext& c, const SweepBlock& sweep) {
  ParallelPlan p;
  std::vector<size_t> shown;
  for (size_t i = 0; i < sweep.runs.size(); ++i)
    if (sweep.runs[i].state == SweepState::Done && sweep.runs[i].fd >= 0) shown.push_back(i);
  if (shown.empty()) return;
  const auto by_fd = [&](size_t a, size_t b) { return sweep.runs[a].fd < sweep.runs[b].fd; };
  std::sort(shown.begin(), shown.end(), by_fd);
  p.low = sweep.runs[shown.front()].fd;
  p.high = sweep.runs[shown.back()].fd;
  p.area = c.area.inset(c.px(kMargin), 0);
  p.area.take_top(c.px(kAxisHead), 0);
  p.area.take_bottom(c.px(kAxisFoot), 0);
  p.step = p.area.w / static_cast<float>(sweep.plan.axes.size());
  readout(c.ui, c.area,
          {"plot.sweep", "Runs on parallel axes", "A line per finished run; brighter lines have a lower FD.",
           counted(static_cast<int64_t>(shown.size()), "run"), ""});
  const std::string selected = c.view.text("now.sweep.selected", "");
  std::reverse(shown.begin(), shown.end());  // good ones on top
  for (const size_t index : shown) {
    const SweepRun& run = sweep.runs[index];
    std::vector<ImVec2> line;
    for (size_t i = 0; i < run.point.size(); ++i)
      line.push_back({p.x(i), p.y(place_of(run.point[i], sweep.plan.axes[i].values.size()))});
    line.push_back({p.x(run.point.size()), p.y(p.fd_unit(run.fd))});
    const bool chosen = run.name == selected;
    const Color colour = chosen ? c.theme().data : fade(c.theme().flow, 1 - 0.8f * p.fd_unit(run.fd));
    draw()->AddPolyline(line.data(), static_cast<int>(line.size()), colour, 0, c.px(chosen ? 3 : 1.6f));
  }
  draw_axis_words(c, p, sweep.plan);
}

}  // namespace lf::app::panels
