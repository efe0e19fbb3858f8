// The window as text (the ui-map): state, speed and every control, for tests and screen readers.
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/clock.h"
#include "app/window_app.h"
#include "gl/texture.h"
#include "panels/frame/overlays.h"

namespace lf::app {
namespace {

double rounded(double value) { return std::round(value * 1000) / 1000; }

double score_of(const QualityBlock& quality) {
  return quality.full.valid ? quality.full.fd : quality.live.valid ? quality.live.fd : -1;
}

}  // namespace

std::string WindowApp::ui_map_text(int width, int height) const {
  const Snapshot& shown = worker_.shown();
  const RunBlock& run = *shown.run;
  const ScriptRunner::Progress script = script_.progress();
  const bool paused = run.resumable && !run.running;
  const nlohmann::json state{
      {"phase", paused ? "paused" : phase_name(run.phase)},
      {"step", run.step},
      {"seconds", rounded(run.seconds)},
      {"steps_per_s", rounded(run.steps_per_second)},
      {"fps", rounded(stats_.fps(seconds_since_start()))},
      {"frame_ms_p99", rounded(stats_.milliseconds_p99())},
      {"frame_ms_max", rounded(stats_.milliseconds_max())},
      {"frame_ms_own", rounded(stats_.own_milliseconds_median())},
      {"drag_ms_p95", rounded(stats_.drag_p95())},
      {"first_frame_ms", rounded(1000 * first_frame_)},
      {"draw_share", rounded(run.draw_share)},
      {"t", rounded(user_.view.t)},
      {"fd", rounded(score_of(*shown.quality))},
      {"error", panels::shown_message(*shown.notice, user_.view)},
      {"running", run.running},
      {"autoencoder_step", run.autoencoder_step},
      {"flow_step", run.flow_step},
      {"model", run.model},
      {"drawn_step", shown.flow->trained_step},
      {"marks", shown.marks->steps.size()},
      {"view_step", shown.marks->chosen},
      {"view_step_shown", shown.marks->shown},
      {"view_step_known_ms_p95", rounded(look_back_.known_p95())},
      {"view_step_computed_ms_p95", rounded(look_back_.computed_p95())},
      {"theme", user_.view.theme},
      {"font_scale", rounded(user_.view.font_scale)},
      {"textures", gl::live_textures()},
      {"typing", ImGui::GetIO().WantTextInput},  // digits and letters go to a text field instead of pages
      {"renderer", graphics_.renderer()},
      {"errors", shown.notice->errors},
      {"obeyed", worker_.shown_settled()},
      {"script_lines", script.lines},
      {"script_done", script.done},
      {"script_errors", script.errors},
      {"script_error", script.error}};
  const std::string text = state.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return "{\"frame\":" + std::to_string(stats_.count()) + ",\"window\":[" + std::to_string(width) + "," +
         std::to_string(height) + "],\"page\":\"" + user_.view.page + "\",\"state\":" + text +
         ",\"items\":" + ui_.map.items_json() + "}\n";
}

void WindowApp::write_ui_map() {
  map_written_ = seconds_since_start();
  map_waits_ = false;
  map_page_ = user_.view.page;
  if (options_.ui_map.empty()) return;
  writer_.text(options_.ui_map, ui_map_text(width_, height_), false);
}

}  // namespace lf::app
