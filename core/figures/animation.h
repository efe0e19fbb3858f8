// Moving pictures of digits: over t, and over the training. Frames are drawn one at a time, so that writing a
// file is work in slices with progress.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "base/image_sheet.h"
#include "base/sliced_work.h"
#include "files/animation/animation_file.h"
#include "protocol/snapshot.h"

namespace lf::figures {

/// An animation: so many frames, drawn when they are needed.
struct Frames {
  size_t count = 0;
  std::function<files::Image8(size_t)> draw;
};

/// The grid of digits while t goes from 0 to 1. t: (S) ascending; images: (S, n); labels: (n) or empty.
/// Throws InputError when sizes disagree.
Frames flow_frames(std::vector<float> t, ImageSheet images, std::vector<uint8_t> labels, int columns = 0);

/// One row for each of up to eight digits, a column for each of up to sixteen states; the columns appear
/// while t goes from 0 to 1. Arguments as for flow_frames().
Frames strip_frames(std::vector<float> t, ImageSheet images, std::vector<uint8_t> labels);

/// The grid of digits after each of these steps of training. steps: (S) ascending; images: (S, n); labels:
/// (n) or empty. Throws InputError when sizes disagree.
Frames training_frames(std::vector<int64_t> steps, ImageSheet images, std::vector<uint8_t> labels);

/// Two to four models side by side while t goes from 0 to 1. Throws InputError for another number of models.
Frames comparison_frames(const CompareBlock& block);

/// Writes an animation with a pause at the end, one frame each slice. The path's ending chooses GIF, WebP or
/// MP4.
class Animation : public SlicedWork {
 public:
  /// Throws InputError for other endings and where such files cannot be written.
  Animation(const std::filesystem::path& path, Frames frames);
  bool advance() override;
  double progress() const override;

 private:
  Frames frames_;
  size_t done_ = 0;
  files::Image8 last_;
  std::unique_ptr<files::AnimationFile> file_;
};

}  // namespace lf::figures
