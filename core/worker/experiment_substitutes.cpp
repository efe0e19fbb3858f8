// What stays said for as long as something else is used than what was named.
#include <algorithm>

#include "worker/experiment_workload.h"

namespace lf {
namespace {

bool drop_part(std::vector<Substitute>& all, const std::string& part) {
  const auto gone =
      std::remove_if(all.begin(), all.end(), [&](const Substitute& one) { return one.part == part; });
  const bool found = gone != all.end();
  all.erase(gone, all.end());
  return found;
}

}  // namespace

/// `text` says what of `part` is missing and what is used instead. Without a window it is a warning: who
/// asked for it by name got an error already.
void Experiment::tell_substitute(const std::string& part, const std::string& text) {
  const auto& told = state_.notice->substitutes;
  const bool known = std::any_of(told.begin(), told.end(),
                                 [&](const Substitute& one) { return one.part == part && one.text == text; });
  if (known) return;
  if (options_.falls_back)
    tell_error(text, true, false);
  else
    log(LogLevel::Warning, text);
  auto notice = std::make_shared<NoticeBlock>(*state_.notice);
  drop_part(notice->substitutes, part);
  notice->substitutes.push_back({part, text, ++substitutes_told_});
  state_.notice = notice;
}

/// What was said of `part` is true no longer.
void Experiment::forget_substitute(const std::string& part) {
  auto notice = std::make_shared<NoticeBlock>(*state_.notice);
  if (drop_part(notice->substitutes, part)) state_.notice = notice;
}

/// It matters anew, also to who has dismissed it.
void Experiment::show_substitute_again(const std::string& part) {
  auto notice = std::make_shared<NoticeBlock>(*state_.notice);
  for (Substitute& one : notice->substitutes)
    if (one.part == part) one.number = ++substitutes_told_;
  state_.notice = notice;
}

}  // namespace lf
