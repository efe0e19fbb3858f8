#include "panels/training/training_page.h"

#include <algorithm>
#include <string>
#include <vector>

#include "panels/files/files_panel.h"
#include "panels/page_scroll.h"
#include "panels/sentence.h"
#include "panels/training/curves.h"
#include "panels/training/training_text.h"
#include "widgets/control/button_row.h"
#include "widgets/control/card.h"
#include "widgets/control/facts.h"
#include "widgets/control/slider.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr float kDeviceShare = 1.5f;  ///< "CPU · bfloat16 · 2 threads" is longer than any other value

std::string data_text(const RunBlock& run) {
  if (run.dataset.empty()) return "—";
  return grouped(run.train_count) + " + " + grouped(run.test_count);
}

/// Long times are not shown in seconds.
std::string time_left_text(double seconds) {
  constexpr double kDay = 86400;
  if (seconds < 0) return "—";
  return seconds < kDay ? clock_text(seconds) : duration_text(seconds);
}

std::vector<Fact> run_facts(const PanelContext& c) {
  const RunBlock& run = *c.snapshot.run;
  const auto fact = [](const char* name, const char* label, const std::string& value,
                       const std::string& tooltip) {
    return Fact{{std::string("training.") + name, label, tooltip, value.empty() ? "—" : value, ""}, 0};
  };
  std::vector<Fact> list{
      fact("elapsed", "Training time", run.seconds > 0 ? clock_text(run.seconds) : "—",
           "Seconds of training, including the autoencoder."),
      fact("left", "Time left", time_left_text(run.seconds_left),
           "Estimated from the current speed; a dash while nothing trains."),
      fact("steps", "Steps per second", run.steps_per_second > 0 ? fixed(run.steps_per_second, 1) : "—",
           "Optimiser steps of the current phase; a dash while nothing trains."),
      fact("digits", "Digits per second", run.digits_per_second > 0 ? rate_text(run.digits_per_second) : "—",
           "Training digits per second: steps per second times batch size."),
      fact("parameters.autoencoder", "Autoencoder", parameter_text(run.autoencoder_parameters),
           "Parameters of encoder and decoder. Current autoencoder: " +
               (run.autoencoder.empty() ? std::string("none yet") : run.autoencoder) + "."),
      fact("parameters.flow", "Velocity network", parameter_text(run.flow_parameters),
           run.labelled
               ? "Trainable parameters of the network that predicts the velocity."
               : "Trainable parameters of the network that predicts the velocity. It is unconditional: it "
                 "learns all digits as one distribution."),
      fact("data", "Train + test digits", data_text(run), "The current data set: " + run.dataset + "."),
      fact("source", "Data from", run.dataset_builtin ? "built-in digits" : path_end(run.dataset_source),
           run.dataset_builtin
               ? "MNIST was not found, so built-in stroke digits are used. Open a data folder (Ctrl+O) or "
                 "start with --data DIR."
               : "Folder with the four IDX files: " + run.dataset_source),
      fact("device", "Device", run.device, "Device, number format of the products, and number of threads.")};
  list.back().share = kDeviceShare;
  return list;
}

/// The setting preview.share beside the measured value.
void draw_share(const PanelContext& c, Rect row) {
  const RunBlock& run = *c.snapshot.run;
  const SettingInfo& info = setting_info(&PreviewSettings::share);
  double value = c.snapshot.settings->values.preview.share;
  NumberSpec spec;
  spec.info = {"training.share", "Preview share", info.meaning, short_number(value), ""};
  spec.value = value;
  spec.low = info.min;
  spec.high = info.max;
  spec.shown = fixed(100 * value, 0) + " %";
  const std::string word = "Preview share";
  const float width = text_size(c.ui, Type::Small, word).x + 1;
  draw_text(c.ui, row.take_left(width, c.px(10)), Type::Small, c.theme().text2, word);
  const Rect field = row.take_left(c.px(72), c.px(10));
  if (number_field(c.ui, field, spec, value)) c.send(SetCommand{info.key, std::to_string(value)});
  const std::string measured =
      run.running ? "measured " + fixed(100 * run.draw_share, 0) + " %" : "nothing trains";
  readout(c.ui, row,
          {"training.share.measured", "Measured preview share",
           "Share of the worker's time that previews and scores have actually used.",
           fixed(run.draw_share, 3), ""});
  draw_text(c.ui, row, Type::Small, c.theme().text2, measured);
}

std::vector<RowButton> run_buttons(const Snapshot& snapshot) {
  const RunBlock& run = *snapshot.run;
  const std::string loading =
      run.phase == Phase::Loading ? "The model and the data are still being read." : "";
  const std::string longer = train_longer_reason(run);
  const std::string no_preview = snapshot.flow->digits == 0 ? "There is no preview yet to export." : "";
  return {{{"training.longer", "Train longer",
            "Gives the finished run a new budget; the learning rate warms up again.", "", longer},
           {longer.empty() ? ButtonKind::Primary : ButtonKind::Plain, Icon::Play, ""}},
          {{"training.new", "New run",
            "Starts with untrained networks and the settings on the left. The current run stays under Runs.",
            "", loading},
           {ButtonKind::Plain, Icon::Plus, ""}},
          {{"training.save", "Save model…", "Saves both networks to one .safetensors file (Ctrl+S).", "",
            loading},
           {}},
          {{"training.export", "Export…", "Saves the preview as .gif, .webp, .mp4, .png or .npy (Ctrl+E).",
            "", no_preview},
           {}},
          {{"training.page", "Share…",
            "Writes one page that shows this run in a browser, with its network in it. You choose the file.",
            "", loading},
           {}}};
}

void press(const PanelContext& c, int button) {
  if (button == 0) c.send(ResumeCommand{});
  if (button == 1) {
    TrainCommand train;
    train.fresh = true;
    c.send(train);
  }
  if (button == 2) open_files_panel(c.view, FilesMode::Save);
  if (button == 3) open_files_panel(c.view, FilesMode::Export);
  if (button == 4) open_share_panel(c.view, "");
}

void draw_run_card(const PanelContext& c) {
  const CardBody parts = card(c.ui, c.area, {"training.run", "This run", c.snapshot.run->model, "", {}});
  Rect body = parts.body;
  sentence(c, body, budget_sentence(c.snapshot));
  const auto buttons = run_buttons(c.snapshot);
  const bool beside = body.w > c.px(780);
  Rect bottom = body.take_bottom(c.px(30), c.px(8));
  if (beside) draw_share(c, bottom.take_right(c.px(300), c.px(16)));
  if (!beside) draw_share(c, body.take_bottom(c.px(30), c.px(8)));
  press(c, button_row(c.ui, bottom, buttons));
  facts(c.ui, body, run_facts(c));
}

/// Height of the run's card: facts, at most two lines of controls, and the sentence.
float run_card_height(const PanelContext& c, size_t fact_count) {
  const float inner = c.area.w - c.px(24);
  const float words = paragraph_height(c.ui, inner, Type::Small, budget_sentence(c.snapshot)) + c.px(8);
  const float controls = c.px(inner > c.px(780) ? 38 : 76);
  return c.px(48) + facts_height(c.ui, inner, fact_count) + c.px(8) + controls + words;
}

}  // namespace

void draw_training_page(const PanelContext& c) {
  const float gap = c.px(12), run_height = run_card_height(c, run_facts(c).size());
  const bool two = wide(c, 720);
  const float least = run_height / c.ui.scale + (two ? 12 + 2 * 220 + 12 : 4 * (220 + 12));
  page_scroll(c, "training.scroll", least, [&](const PanelContext& page) {
    Rect area = page.area;
    draw_run_card(page.within(area.take_top(run_height, gap)));
    if (two) {
      const auto bands = rows(area, {1.15f, 1}, gap);
      const auto top = columns(bands[0], {1.7f, 1}, gap), low = columns(bands[1], {1.7f, 1}, gap);
      draw_training_flow_card(page.within(top[0]));
      draw_training_time_card(page.within(top[1]));
      draw_training_autoencoder_card(page.within(low[0]));
      draw_training_rate_card(page.within(low[1]));
      return;
    }
    const auto stack = rows(area, {1, 1, 1, 1}, gap);
    draw_training_flow_card(page.within(stack[0]));
    draw_training_autoencoder_card(page.within(stack[1]));
    draw_training_time_card(page.within(stack[2]));
    draw_training_rate_card(page.within(stack[3]));
  });
}

}  // namespace lf::app::panels
