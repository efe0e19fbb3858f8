#include "panels/actions.h"
#include "panels/expectation.h"
#include "panels/explore/cards.h"
#include "panels/growth_parts.h"
#include "widgets/control/card.h"
#include "widgets/image/grid.h"
#include "widgets/text/text.h"

namespace lf {
namespace {

std::string answer_of(const PanelContext& c) {
  const FlowBlock& flow = *c.snapshot.flow;
  if (flow.untrained) return "Drawn before the flow began to learn: noise stays noise.";
  const std::string step = grouped(flow.trained_step);
  if (c.snapshot.run->running) return "The same noise again and again: drawn after flow step " + step + ".";
  std::string who = c.snapshot.run->model.empty() ? "model" : c.snapshot.run->model;
  if (who == "model" || who == "shipped model") who = "the " + who;
  return "Drawn by " + who + " after " + step + " flow steps, " + std::to_string(flow.nfe) +
         " evaluations a digit.";
}

}  // namespace

void draw_flow_grid_card(const PanelContext& c) {
  const FlowBlock& flow = *c.snapshot.flow;
  const bool heading = c.view.on("explore.flow.heading", false);
  CardSpec spec{"card.flow",
                "Noise becomes digits",
                heading ? "endpoint guess at t" : "the state at t",
                flow.t.empty() ? "" : answer_of(c),
                {}};
  const bool growing = growth_shown(c.snapshot);
  if (growing) {
    spec.title = "Before the flow: reconstructions";
    spec.unit = "of test digits";
    spec.answer = growth_sentence(c.snapshot) + " " + when_it_comes(c.snapshot, Awaited::FlowStep);
  }
  const std::string none = growing ? before_the_flow() : "";
  spec.chips = {
      {{"explore.flow.now", "x(t)", "What the state decodes to at this t.", "", none}, !heading, true},
      {{"explore.flow.heading", "where it is heading",
        "Where the velocity points at this t: the digit it would end as if it went straight on.", "", none},
       heading,
       true}};
  const CardBody body = card(c.ui, c.area, spec);
  if (body.clicked >= 0) c.view.set("explore.flow.heading", body.clicked == 1);
  if (growing) return draw_growth_grid(c, body.body);
  if (flow.t.empty() || flow.digits == 0) {
    readout(c.ui, body.body, {"grid.flow", "Digits", "", "empty", ""});
    const RunBlock& run = *c.snapshot.run;
    return empty_state(c.ui, body.body, "No digits yet",
                       run.phase == Phase::Loading
                           ? "The model is being loaded; digits will flow from noise in a moment."
                       : run.flow_step > 0 ? "The first ones are being drawn."
                                           : "Noise will turn into digits here, better with every second. " +
                                                 when_it_comes(c.snapshot, Awaited::FlowStep));
  }
  const int state = nearest_state(flow, c.view.t);
  ImageGridSpec grid;
  grid.info = {"grid.flow", "Digits at t",
               grouped(flow.digits) +
                   " digits on their way from noise. Click one to follow it below, step by step." +
                   (flow.labelled ? "" : " Nobody asked for a digit; the colours are what the judge sees."),
               "state " + std::to_string(state), ""};
  grid.atlas = heading ? &c.cache.flow_endpoints : &c.cache.flow_images;
  grid.first = static_cast<size_t>(state) * static_cast<size_t>(flow.digits);
  grid.count = static_cast<int>(flow.digits);
  grid.labels = flow.labels.data();
  grid.selected = c.view.selected;
  const ImageGridResult r = image_grid(c.ui, body.body, grid);
  if (r.clicked >= 0) c.view.selected = r.clicked;
}

}  // namespace lf
