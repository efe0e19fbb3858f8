#include "panels/frame/overlays.h"

#include <algorithm>

#include "panels/files/files_panel.h"
#include "panels/help/about.h"
#include "panels/help/help_overlay.h"
#include "panels/help/tour.h"
#include "panels/runs/runs_text.h"
#include "panels/runs/trash_line.h"
#include "widgets/control/banner.h"
#include "widgets/control/slider.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr double kSavedSeconds = 5;

/// Draws a banner at the top of `rest` and removes its area.
BannerResult place_banner(const PanelContext& c, Rect& rest, const BannerSpec& spec) {
  const float height = banner_height(c.ui, rest.w, spec);
  return banner(c.ui, rest.take_top(height, c.px(8)), spec);
}

std::string seen_key(const Substitute& one) { return "now.notice." + one.part; }

void see(ViewState& view, const Substitute& one) { view.set(seen_key(one), std::to_string(one.number)); }

bool error_shown(const NoticeBlock& notice, const ViewState& view) {
  return notice.errors > view.errors_seen && !notice.error.empty();
}

/// Neither dismissed nor part of the error above it.
bool substitute_shown(const NoticeBlock& notice, const ViewState& view, const Substitute& one) {
  const bool seen = view.text(seen_key(one), "") == std::to_string(one.number);
  return !seen && !(error_shown(notice, view) && one.text == notice.error);
}

void draw_error(const PanelContext& c, Rect& rest) {
  const NoticeBlock& notice = *c.snapshot.notice;
  if (!error_shown(notice, c.view)) return;
  const bool offers = notice.offers_lower_rate && c.snapshot.run->resumable;
  const BannerResult r = place_banner(
      c, rest, {"error", BannerKind::Error, notice.error, offers ? "Resume at half the learning rate" : ""});
  if (r.acted) c.send(ResumeCommand{{}, 0.5});
  if (!r.dismissed && !r.acted) return;
  c.view.errors_seen = notice.errors;
  for (const Substitute& one : notice.substitutes)
    if (one.text == notice.error) see(c.view, one);
}

/// A notice about a substitute stays until it is dismissed, also when a run starts, which clears an
/// error.
void draw_substitutes(const PanelContext& c, Rect& rest) {
  const NoticeBlock& notice = *c.snapshot.notice;
  for (const Substitute& one : notice.substitutes) {
    if (!substitute_shown(notice, c.view, one)) continue;
    const BannerSpec spec{"notice." + one.part, BannerKind::Warning, one.text, ""};
    if (place_banner(c, rest, spec).dismissed) see(c.view, one);
  }
}

void draw_saved(const PanelContext& c, Rect& rest) {
  const NoticeBlock& notice = *c.snapshot.notice;
  if (notice.saves <= c.view.saves_seen) return;
  if (c.view.save_shown_at < 0) c.view.save_shown_at = c.ui.time;
  const double left = kSavedSeconds - (c.ui.time - c.view.save_shown_at);
  const BannerResult r = place_banner(c, rest, {"saved", BannerKind::Success, "Saved " + notice.saved, ""});
  c.ui.wake_after(std::max(0.01, left));
  if (!r.dismissed && left > 0) return;
  c.view.saves_seen = notice.saves;
  c.view.save_shown_at = -1;
}

/// A run that can continue is offered once: an interrupted one, or the last one that was paused.
void draw_offer(const PanelContext& c, Rect& rest) {
  const RunSummary* run = run_to_offer(c.snapshot, c.view);
  if (run == nullptr) return;
  const bool crashed = run->state == "crashed";
  const BannerSpec spec{crashed ? "crashed" : "last_run", crashed ? BannerKind::Warning : BannerKind::Info,
                        offer_sentence(*run), "Resume it"};
  const BannerResult r = place_banner(c, rest, spec);
  if (r.acted) c.send(ResumeRunCommand{run->folder, {}});
  if (r.acted || r.dismissed) c.view.set("now.offer.seen", true);
  // A dismissed offer is not repeated at the next start.
  if (r.dismissed && !crashed) c.view.set(kLeftRun, run->folder);
}

/// A message about the view: for some seconds, a warning until it is dismissed.
void draw_view_notice(const PanelContext& c, Rect& rest) {
  if (c.view.notice.empty()) return;
  if (c.view.notice_at < 0) c.view.notice_at = c.ui.time;
  const double left = kSavedSeconds - (c.ui.time - c.view.notice_at);
  const BannerKind kind = c.view.notice_warns ? BannerKind::Warning : BannerKind::Success;
  const bool dismissed = place_banner(c, rest, {"view_notice", kind, c.view.notice, ""}).dismissed;
  if (!c.view.notice_warns) c.ui.wake_after(std::max(0.01, left));
  if (dismissed || (!c.view.notice_warns && left <= 0)) c.view.notice.clear();
}

/// A deleted run can be restored by one click, on the page where it was deleted.
void draw_undo(const PanelContext& c, Rect& rest) {
  std::string text;
  if (c.view.page != "runs" || !undo_notice(c.snapshot, c.view, text)) return;
  const BannerResult r = place_banner(c, rest, {"undo_delete", BannerKind::Info, text, "Undo"});
  if (r.acted) c.send(RestoreRunCommand{c.snapshot.runs->last_deleted});
  if (r.acted || r.dismissed) dismiss_undo(c.snapshot, c.view);
}

constexpr const char *kTourOffered = "welcome.offered", *kSoftwareSeen = "software.seen";

/// A first session: what to do first.
void draw_welcome(const PanelContext& c, Rect& rest) {
  if (!c.view.on(kTourOffered, false) || tour_step(c.view) >= 0) return;
  const BannerSpec spec{
      "welcome", BannerKind::Info,
      "New here? A tour of one minute shows what you see, the slider t, your own training, and "
      "the comparison of runs.",
      "Start the tour"};
  const BannerResult r = place_banner(c, rest, spec);
  if (r.acted) start_tour(c.view);
  if (r.acted || r.dismissed) c.view.set(kTourOffered, false);
}

/// In the first session with a software renderer, when it first costs something: while a run trains.
void draw_software(const PanelContext& c, Rect& rest) {
  if (!c.view.on("now.software", false)) return;
  if (!c.view.on("now.software.shown", false)) {
    if (c.view.on(kSoftwareSeen, false) || !c.snapshot.run->running) return;
    c.view.set("now.software.shown", true);
    c.view.set(kSoftwareSeen, true);
  }
  const BannerSpec spec{
      "software", BannerKind::Info,
      "No graphics driver was found, so the processor draws this window and shares its cores "
      "with the training. Training is fastest while nothing moves: P stops t.",
      ""};
  if (place_banner(c, rest, spec).dismissed) c.view.set("now.software", false);
}

void draw_job(const PanelContext& c, Rect& rest) {
  const JobBlock& job = *c.snapshot.job;
  if (!job.active) return;
  const Theme& t = c.theme();
  const Rect box = rest.take_top(c.px(40), c.px(8));
  draw()->AddRectFilled(box.min(), box.max(), t.card, c.px(8));
  draw()->AddRect(box.min(), box.max(), t.border, c.px(8));
  const std::string percent = std::to_string(static_cast<int>(100 * job.progress)) + " %";
  readout(c.ui, box, {"job", job.name, "", percent, ""});
  Rect inner = box.inset(c.px(12), c.px(6));
  const Rect cancel = inner.take_right(c.px(76), c.px(12));
  if (button(c.ui, cancel, {"job.cancel", "Cancel", "Cancels this task; training is not affected.", "", ""}))
    c.send(CancelCommand{});
  inner.take_left(draw_text(c.ui, inner, Type::Body, t.text, job.name), c.px(16));
  const std::string left =
      percent + (job.seconds_left >= 0 ? " · " + duration_text(job.seconds_left) + " left" : "");
  draw_text(c.ui, inner.take_right(c.px(150), c.px(12)), Type::Mono, t.text2, left, Align::Right);
  progress_bar(c.ui, {inner.x, inner.center().y - c.px(2.5f), inner.w, c.px(5)},
               {{1, static_cast<float>(job.progress), t.accent}});
}

void draw_saving(const PanelContext& c) {
  const Theme& t = c.theme();
  draw()->AddRectFilled(c.area.min(), c.area.max(), with_alpha(t.window, 0.78f));
  const ImVec2 m = c.area.center();
  const Rect box{m.x - c.px(170), m.y - c.px(44), c.px(340), c.px(88)};
  draw()->AddRectFilled(box.min(), box.max(), t.bar, c.px(12));
  draw()->AddRect(box.min(), box.max(), t.border, c.px(12));
  readout(c.ui, box, {"saving", "saving …", "", c.snapshot.job->name, ""});
  Rect inner = box.inset(c.px(20), c.px(16));
  draw_text(c.ui, inner.take_top(c.px(22), c.px(2)), Type::Title, t.text, "saving …", Align::Center);
  const JobBlock& job = *c.snapshot.job;
  const std::string how = job.active ? job.name : "Close again to keep the last autosave instead.";
  draw_text(c.ui, inner.take_top(c.px(20), c.px(4)), Type::Small, t.text2, how, Align::Center);
  if (job.active)
    progress_bar(c.ui, inner.take_top(c.px(5)), {{1, static_cast<float>(job.progress), t.accent}});
}

}  // namespace

float draw_messages(const PanelContext& c) {
  Rect rest = c.area;
  draw_error(c, rest);
  draw_substitutes(c, rest);
  draw_saved(c, rest);
  draw_offer(c, rest);
  draw_welcome(c, rest);
  draw_software(c, rest);
  draw_undo(c, rest);
  draw_view_notice(c, rest);
  draw_job(c, rest);
  return rest.y - c.area.y;
}

void offer_tour(ViewState& view) { view.set(kTourOffered, true); }

std::string shown_message(const NoticeBlock& notice, const ViewState& view) {
  if (error_shown(notice, view)) return notice.error;
  for (const Substitute& one : notice.substitutes)
    if (substitute_shown(notice, view, one)) return one.text;
  return "";
}

void draw_overlays(const PanelContext& c) {
  draw_tour(c);
  if (c.view.help) draw_help_overlay(c);
  if (c.view.files)
    draw_files_panel(c);
  else
    close_files_panel(c.view);
  if (c.view.about) draw_about(c);
  if (c.view.closing) draw_saving(c);
}

}  // namespace lf::app::panels
