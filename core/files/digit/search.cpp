#include "files/digit/search.h"

#include <algorithm>
#include <cmath>

#include "files/digit/ink_marks.h"

namespace lf::files {
namespace {

constexpr float kFaintest = 0.03f;  ///< ink that is invisible on its paper
constexpr int kMostRounds = 6;

/// Searches for a digit in rounds. Each round removes marks that are not part of one and would hide
/// fainter ink.
class DigitSearch {
 public:
  DigitSearch(Plane& ink, const Mask& valid) : ink_(ink), valid_(valid) {
    const int side = std::max(ink.width, ink.height);
    smooth_ = box_blur(ink, side < 100 ? 0 : side < 700 ? 1 : 2);
    std::vector<float> sizes;
    for (size_t i = 0; i < valid_.size(); ++i) {
      if (valid_[i]) sizes.push_back(std::fabs(smooth_.values[i]));
    }
    noise_ = 2.6f * quantile(std::move(sizes), 0.3);  // of a Gaussian: half of an image may be a desk
    faintest_ = std::max(kFaintest, 6 * noise_);
  }

  std::optional<FoundDigit> find() {
    for (int round = 0; round < kMostRounds; ++round) {
      const float level = level_of_ink();
      if (level <= 0) return std::nullopt;
      Mask mask = above(std::max(faintest_, 0.35f * level));
      if (without_ruling(mask)) continue;
      InkMarks marks = find_marks(mask, smooth_, valid_);
      drop_weak(marks, std::max(faintest_, 0.5f * level));
      const InkChoice choice = choose_digit(marks);
      if (!choice.digit.empty() && !hides_more(choice, marks)) return found(marks, choice);
      if (!take_away(marks, choice)) return std::nullopt;
    }
    return std::nullopt;
  }

  bool ruled() const { return ruled_; }

 private:
  /// The 90 % quantile of the ink; 0 if nothing is darker than the paper.
  float level_of_ink() const {
    std::vector<float> dark;
    for (const float value : smooth_.values) {
      if (value > faintest_) dark.push_back(value);
    }
    return quantile(std::move(dark), 0.9);
  }

  Mask above(float threshold) const {
    Mask mask(smooth_.values.size());
    for (size_t i = 0; i < mask.size(); ++i) mask[i] = smooth_.values[i] > threshold;
    return mask;
  }

  void clear(size_t i) { ink_.values[i] = smooth_.values[i] = 0; }

  /// True if lines were found; the search then restarts without them.
  bool without_ruling(Mask& mask) {
    if (ruled_) return false;
    const Mask before = mask;
    if (remove_ruling(mask, ink_.width, ink_.height) == 0) return false;
    ruled_ = true;
    // A line exceeds the threshold only in its middle: its sides are removed too, where no ink
    // remains.
    Mask gone(mask.size());
    for (size_t i = 0; i < mask.size(); ++i) gone[i] = before[i] && !mask[i];
    const double sides = std::max(1.0, 0.004 * std::max(ink_.width, ink_.height));
    gone = grown(gone, ink_.width, ink_.height, sides);
    for (size_t i = 0; i < mask.size(); ++i) {
      if (gone[i] && !mask[i]) clear(i);
    }
    return true;
  }

  /// Marks that are faint everywhere belong to the paper.
  void drop_weak(InkMarks& marks, float threshold) const {
    std::vector<int32_t> number(marks.list.size() + 1, 0);
    std::vector<InkMark> kept;
    for (size_t i = 0; i < marks.list.size(); ++i) {
      if (marks.list[i].strongest < threshold) continue;
      kept.push_back(marks.list[i]);
      number[i + 1] = int32_t(kept.size());
    }
    for (int32_t& label : marks.labels) label = number[size_t(label)];
    marks.list = std::move(kept);
  }

  /// Dark dirt may have raised the level so far that only a part of a fainter digit was found.
  bool hides_more(const InkChoice& choice, const InkMarks& marks) const {
    double digit = 0, dirt = 0;
    for (const size_t i : choice.digit) digit += double(marks.list[i].pixels);
    for (const size_t i : choice.dirt) dirt += double(marks.list[i].pixels);
    return dirt > 0.1 * digit;
  }

  /// False if there is nothing to remove.
  bool take_away(const InkMarks& marks, const InkChoice& choice) {
    std::vector<uint8_t> is_dirt(marks.list.size() + 1, choice.digit.empty());
    is_dirt[0] = 0;
    for (const size_t i : choice.dirt) is_dirt[i + 1] = 1;
    Mask gone(marks.labels.size());
    bool any = false;
    for (size_t i = 0; i < gone.size(); ++i) any |= gone[i] = is_dirt[size_t(marks.labels[i])];
    if (!any) return false;
    Mask kept(gone.size());
    for (size_t i = 0; i < gone.size(); ++i) kept[i] = marks.labels[i] != 0 && !gone[i];
    gone = grown(gone, ink_.width, ink_.height, std::max(1.5, 0.006 * std::max(ink_.width, ink_.height)));
    for (size_t i = 0; i < gone.size(); ++i) {
      if (gone[i] && !kept[i]) clear(i);
    }
    return true;
  }

  FoundDigit found(const InkMarks& marks, const InkChoice& choice) const {
    FoundDigit digit;
    std::vector<uint8_t> is_digit(marks.list.size() + 1, 0);
    for (const size_t i : choice.digit) is_digit[i + 1] = 1;
    digit.mask.resize(marks.labels.size());
    std::vector<float> inks;
    for (size_t i = 0; i < digit.mask.size(); ++i) {
      digit.mask[i] = is_digit[size_t(marks.labels[i])];
      if (digit.mask[i]) inks.push_back(ink_.values[i]);
    }
    digit.level = quantile(std::move(inks), 0.75);
    digit.noise = noise_;
    return digit;
  }

  Plane& ink_;
  const Mask& valid_;
  Plane smooth_;
  float noise_ = 0, faintest_ = 0;
  bool ruled_ = false;
};

}  // namespace

std::optional<FoundDigit> find_digit(Plane& ink, const Mask& valid, bool& ruled) {
  DigitSearch search(ink, valid);
  auto digit = search.find();
  ruled = ruled || search.ruled();
  return digit;
}

}  // namespace lf::files
