#include "figures/figures.h"

#include "base/errors.h"
#include "base/image_sheet.h"
#include "base/paths.h"
#include "figures/animation.h"
#include "figures/parts.h"
#include "files/image/gif.h"
#include "files/image/png.h"

namespace lf::figures {
namespace {

namespace fs = std::filesystem;

bool has_digits(const FlowBlock& flow) {
  const auto pictures = flow.t.size() * size_t(flow.digits);
  return pictures > 0 && flow.images.holds(pictures) && flow.labels.size() >= size_t(flow.digits);
}

bool has_curves(const LossBlock& loss) {
  return !loss.autoencoder_train.value.empty() || !loss.flow_train.value.empty();
}

std::vector<uint8_t> first_labels(const FlowBlock& flow) {
  return {flow.labels.begin(), flow.labels.begin() + flow.digits};
}

void make_folder(const fs::path& folder) {
  const std::string why = make_folders(folder);
  if (!why.empty()) throw RunError("the folder " + folder.string() + " cannot be made: " + why);
}

/// Writes figures into one folder and records their paths.
class Writer {
 public:
  explicit Writer(fs::path folder) : folder_(std::move(folder)) { make_folder(folder_); }
  void png(const char* name, const files::Canvas& canvas) {
    canvas.write_png(folder_ / name);
    paths_.push_back((folder_ / name).string());
  }
  void gif(const char* name, const FlowBlock& flow) {
    Animation animation(folder_ / name, flow_frames(flow.t, flow.images, first_labels(flow)));
    complete(animation);
    paths_.push_back((folder_ / name).string());
  }
  const std::vector<std::string>& paths() const { return paths_; }

 private:
  fs::path folder_;
  std::vector<std::string> paths_;
};

}  // namespace

std::vector<std::string> write_figures(const Snapshot& snapshot, const fs::path& folder) {
  Writer writer(folder);
  if (has_curves(*snapshot.loss)) writer.png("loss.png", figures::draw_loss(*snapshot.loss));
  if (!snapshot.reconstruction->original.empty()) {
    writer.png("reconstructions.png", figures::draw_reconstructions(*snapshot.reconstruction));
  }
  if (!has_digits(*snapshot.flow)) return writer.paths();
  writer.png("samples.png", figures::draw_samples(*snapshot.flow));
  writer.png("trajectories.png", figures::draw_trajectories(*snapshot.flow, *snapshot.map));
  if (files::gif_available()) writer.gif("flow.gif", *snapshot.flow);
  return writer.paths();
}

void write_sample_grid(const fs::path& path, const ImageSheet& images, const std::vector<uint8_t>& labels,
                       int columns) {
  figures::draw_grid(images, labels, columns).write_png(path);
}

void write_reconstruction_sheet(const fs::path& path, const ImageSheet& originals,
                                const ImageSheet& reconstructions, const std::vector<uint8_t>& labels) {
  figures::draw_sheet(originals, reconstructions, labels).write_png(path);
}

std::vector<uint8_t> sample_grid_png(const ImageSheet& images, const std::vector<uint8_t>& labels) {
  return files::encode_png(figures::draw_grid(images, labels, 0).image());
}

void write_training_strip(const fs::path& path, const std::vector<int64_t>& steps, const ImageSheet& images,
                          const std::vector<uint8_t>& labels, const std::string& remark) {
  draw_training_strip(steps, images, labels, remark).write_png(path);
}

void write_comparison(const std::filesystem::path& path, const CompareBlock& block,
                      const std::vector<RunCurves>& curves) {
  draw_comparison(block, curves).write_png(path);
}

std::vector<uint8_t> comparison_png(const CompareBlock& block, const std::vector<RunCurves>& curves) {
  return files::encode_png(draw_comparison(block, curves).image());
}

}  // namespace lf::figures
