#include "worker/time_lapse.h"

#include <algorithm>
#include <cstdlib>

#include "base/errors.h"
#include "library/plain_errors.h"

namespace lf::worker {
namespace {

constexpr int64_t kPsnrDigits = 250;  ///< of a mark's reconstructions

bool same(const InspectCommand& a, const InspectCommand& b) {
  return a.split == b.split && a.order == b.order && a.digit == b.digit && a.offset == b.offset &&
         a.count == b.count;
}

bool contains(const std::vector<int64_t>& steps, int64_t step) {
  return std::find(steps.begin(), steps.end(), step) != steps.end();
}

}  // namespace

void TimeLapse::choose(int64_t step) {
  opened_ = true;
  if (step < 0) {
    chosen_ = -1;
    return;
  }
  const std::vector<int64_t>& steps = context_.work.marks.steps();
  if (steps.empty())
    throw InputError(
        "view-step: the model on screen has no marks; runs keep them while they train (setting marks)");
  chosen_ = *std::min_element(steps.begin(), steps.end(), [&](int64_t a, int64_t b) {
    return std::llabs(a - step) < std::llabs(b - step);
  });
}

void TimeLapse::marks_changed() {
  if (!contains(context_.work.marks.steps(), work_.step)) work_ = Work{};
  if (chosen_ >= 0) choose(chosen_);
}

void TimeLapse::forget() {
  chosen_ = -1;
  opened_ = false;
  pictures_.clear();
  unreadable_.clear();
  work_ = Work{};
}

bool TimeLapse::reconstructs() const { return live_.data() && live_.blocks().reconstruction->available > 1; }

bool TimeLapse::known(int64_t step) const {
  const bool current =
      request_ == live_.request() && same(inspected_, live_.inspected()) && map_ == live_.blocks().map.get();
  if (contains(unreadable_, step)) return true;
  const auto found = pictures_.find(step);
  return current && found != pictures_.end() && found->second.flow &&
         (found->second.reconstruction || !reconstructs());
}

/// The mark to work on: the chosen one; then those around it, nearest first; -1 if there is nothing to do.
int64_t TimeLapse::next(bool training) const {
  if (answer_waits()) return chosen_;
  if (training || !opened_) return -1;
  int64_t best = -1;
  for (const int64_t step : context_.work.marks.steps()) {
    if (known(step)) continue;
    if (best < 0 || std::llabs(step - chosen_) < std::llabs(best - chosen_)) best = step;
  }
  return best;
}

/// Other noise, another class, other digits or axes: what was computed no longer fits.
void TimeLapse::follow_live() {
  const MapBlock* map = live_.blocks().map.get();
  if (!(request_ == live_.request()) || map_ != map) {
    for (auto& [step, pictures] : pictures_) pictures.flow.reset();
    work_ = Work{};
  }
  if (!same(inspected_, live_.inspected())) {
    for (auto& [step, pictures] : pictures_) pictures.reconstruction.reset();
    work_ = Work{};
  }
  request_ = live_.request();
  inspected_ = live_.inspected();
  map_ = map;
}

void TimeLapse::begin(int64_t step) {
  work_ = Work{};
  work_.step = step;
  work_.model = context_.work.marks.load(step, *context_.work.model);
  const Pictures& pictures = pictures_[step];
  preview::PreviewRequest request = request_;
  request.raw_weights = false;  // a mark holds the weights used for sampling alone
  if (!pictures.flow)
    work_.preview = std::make_unique<preview::Preview>(
        *work_.model, live_.axes(), context_.current.judge().get(), request, /*brief=*/true);
  if (!pictures.reconstruction && reconstructs())
    work_.reconstruction =
        std::make_unique<preview::ReconstructionView>(*work_.model, *live_.data(), inspected_, kPsnrDigits);
}

void TimeLapse::advance(bool training) {
  follow_live();
  const int64_t step = next(training);
  if (step < 0) return;
  if (work_.step != step) {
    try {
      return begin(step);
    } catch (const InputError& damaged) {
      unreadable_.push_back(step);
      work_ = Work{};
      if (step != chosen_) return context_.publisher.warn_once(damaged.what());
      chosen_ = -1;
      return context_.publisher.tell_error(damaged.what(), true);
    }
  }
  Pictures& pictures = pictures_[step];
  if (work_.preview) {
    if (work_.preview->advance()) return;
    pictures.flow = work_.preview->take();
    pictures.flow->version = ++versions_;
    work_.preview.reset();
  } else if (work_.reconstruction) {
    if (work_.reconstruction->advance()) return;
    pictures.reconstruction = work_.reconstruction->take();
    pictures.reconstruction->version = ++versions_;
    work_.reconstruction.reset();
  }
  if (!work_.preview && !work_.reconstruction) work_ = Work{};
}

preview::Views::Blocks TimeLapse::shown() const {
  preview::Views::Blocks blocks = live_.blocks();
  const auto found = pictures_.find(chosen_);
  if (found == pictures_.end()) return blocks;
  if (found->second.flow) blocks.flow = found->second.flow;
  if (found->second.reconstruction) blocks.reconstruction = found->second.reconstruction;
  return blocks;
}

std::shared_ptr<const MarksBlock> TimeLapse::block() {
  auto block = std::make_shared<MarksBlock>();
  for (const int64_t step : context_.work.marks.steps()) {
    if (contains(unreadable_, step)) continue;
    block->steps.push_back(step);
    block->drawn.push_back(known(step) ? 1 : 0);
    const auto pictures = pictures_.find(step);
    const bool some = pictures != pictures_.end();
    block->flows.push_back(some ? pictures->second.flow : nullptr);
    block->reconstructions.push_back(some ? pictures->second.reconstruction : nullptr);
  }
  block->chosen = chosen_;
  const auto found = pictures_.find(chosen_);
  block->shown = found != pictures_.end() && found->second.flow;
  const bool changed = block->steps != block_->steps || block->drawn != block_->drawn ||
                       block->flows != block_->flows || block->reconstructions != block_->reconstructions ||
                       block->chosen != block_->chosen || block->shown != block_->shown;
  if (!changed) return block_;
  block->version = block_->version + 1;
  block_ = block;
  return block_;
}

}  // namespace lf::worker
