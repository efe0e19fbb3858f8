#include "figures/figures.h"

#include <cmath>
#include <utility>

#include "base/classes.h"
#include "base/errors.h"
#include "base/image_sheet.h"
#include "base/paths.h"
#include "figures/animation.h"
#include "figures/parts.h"
#include "figures/print/paint.h"
#include "figures/print/save.h"
#include "figures/run/run_figure.h"
#include "files/image/gif.h"
#include "files/image/png.h"

namespace lf::figures {
namespace {

namespace fs = std::filesystem;

constexpr double kPageMm = 170;

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
  void png(const char* name, const Drawing& drawing) {
    save_figure(folder_ / name, drawing, LabTable({}));
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

static std::vector<std::string> write_images(const Snapshot& snapshot, const fs::path& folder) {
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

std::vector<std::string> write_figures(const Snapshot& snapshot, const fs::path& folder,
                                       const std::vector<std::string>& also) {
  std::vector<std::string> paths = write_images(snapshot, folder);
  const std::pair<const char*, const char*> figures[] = {{"losses", "loss"},
                                                         {"reconstructions", "reconstructions"},
                                                         {"digits", "samples"},
                                                         {"trajectories", "trajectories"}};
  for (const std::string& ending : also) {
    for (const auto& [kind, name] : figures) {
      if (!figure_known(kind, snapshot)) continue;
      FigureCommand command;
      command.kind = kind;
      command.file = (folder / (name + ending)).string();
      write_run_figure(command, snapshot);
      paths.push_back(command.file);
    }
  }
  return paths;
}

void write_sample_grid(const fs::path& path, const ImageSheet& images, const std::vector<uint8_t>& labels,
                       int columns) {
  save_figure(path, draw_grid(images, labels, columns), LabTable({}));
}

void write_reconstruction_sheet(const fs::path& path, const ImageSheet& originals,
                                const ImageSheet& reconstructions, const std::vector<uint8_t>& labels) {
  save_figure(path, draw_sheet(originals, reconstructions, labels), LabTable({}));
}

std::vector<uint8_t> sample_grid_png(const ImageSheet& images, const std::vector<uint8_t>& labels) {
  return files::encode_png(painted(draw_grid(images, labels, 0)));
}

namespace {

/// A figure whose layout is fixed: the width scales all of it.
void save_in_form(const fs::path& path, Drawing drawing, const LabTable& table, const PrintForm& form) {
  const double natural = static_cast<double>(drawing.width());
  const double own = drawing.palette().cards ? natural * kMmPerUnit : kPageMm;
  drawing.mm_per_unit = (form.width > 0 ? form.width : own) / natural;
  save_figure(path, drawing, table, form.dpi);
}

/// The grey values of every image.
LabTable strip_table(const std::vector<int64_t>& steps, const ImageSheet& images,
                     const std::vector<uint8_t>& labels) {
  const ImageShape& shape = images.shape;
  std::vector<std::string> columns{"flow step", "sample", "class"};
  for (int i = 0; i < shape.pixels(); ++i)
    columns.push_back("row " + std::to_string(i / shape.width) + " column " +
                      std::to_string(i % shape.width) + " (grey 0-255)");
  LabTable table(columns);
  const size_t count = steps.empty() ? 0 : images.count() / steps.size();
  for (size_t i = 0; count > 0 && i < images.count(); ++i) {
    const size_t sample = i % count;
    const bool known = sample < labels.size() && labels[sample] < kClasses;
    table.row()
        .cell(double(steps[i / count]))
        .cell(double(sample))
        .cell(known ? double(labels[sample]) : NAN);
    for (int k = 0; k < shape.pixels(); ++k) table.cell(double(images.image(i).pixels[k]));
  }
  return table;
}

}  // namespace

void write_training_strip(const fs::path& path, const std::vector<int64_t>& steps, const ImageSheet& images,
                          const std::vector<uint8_t>& labels, const std::string& remark,
                          const PrintForm& form) {
  const Palette& palette = palette_for(path, form, kDark);
  save_in_form(path, draw_training_strip(steps, images, labels, remark, palette),
               strip_table(steps, images, labels), form);
}

void write_comparison(const std::filesystem::path& path, const CompareBlock& block,
                      const std::vector<RunCurves>& curves, const PrintForm& form) {
  save_in_form(path, draw_comparison(block, curves, palette_for(path, form, kDark)), LabTable({}), form);
}

std::vector<uint8_t> comparison_png(const CompareBlock& block, const std::vector<RunCurves>& curves) {
  return files::encode_png(painted(draw_comparison(block, curves)));
}

}  // namespace lf::figures
