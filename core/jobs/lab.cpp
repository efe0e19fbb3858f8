// A tool of the lab without a window: the same work, in the same slices, to its end.
#include <nlohmann/json.hpp>

#include "base/distinct_files.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "base/output_name.h"
#include "base/time_text.h"
#include "figures/panels/figure.h"
#include "figures/print/paint.h"
#include "figures/print/save.h"
#include "files/animation/animation_file.h"
#include "inference/reflow_pairs.h"
#include "inference/sampling.h"
#include "jobs/job.h"
#include "lab/tools.h"
#include "lab/work.h"
#include "protocol/figure_kinds.h"

namespace lf::jobs {
namespace {

lab::LabOptions options_of(const LabRunCommand& command) {
  lab::LabOptions options;
  options.seed = static_cast<int64_t>(command.seed);
  options.digit = command.digit;
  options.guidance = command.guidance;
  options.arguments = lab_arguments(lab_tool(command.tool), command.arguments);
  return options;
}

class LabJob : public SlicedJob {
 public:
  LabJob(const inference::Model& model, const data::DataTensors* data,
         std::shared_ptr<const metrics::Judge> judge, const LabRunCommand& command)
      : tool_(lab_tool(command.tool)),
        command_(command),
        options_(options_of(command)),
        judge_(std::move(judge)),
        model_(inference::frozen_copy(model)) {
    if (data) data_ = *data, latents_.set_data(&data_);
    latents_.follow(*model_, 1);
    if (const files::AnimationKind* kind = files::animation_kind(command.out)) {
      file_ = kind->open(command.out, kFrameMilliseconds);
      begin_frame();
      return;
    }
    work_ = lab::make_lab_work(tool_.id, {*model_, judge_.get(), nullptr, latents_, options_});
  }

  std::string name() const override { return "lab " + tool_.id; }
  double progress() const override {
    if (!file_) return work_->progress();
    return (static_cast<double>(frame_) + work_->progress()) / kFrames;
  }

  bool advance() override {
    if (work_->advance()) return true;
    if (!file_) return false;
    const LabBlock block = published();
    last_ = figures::painted(drawn(block.result->figure()));
    file_->add(last_);
    if (++frame_ == kFrames) return false;
    begin_frame();
    return true;
  }

  JobResult finish() override {
    const LabBlock block = published();
    const LabTable table = lab_table(block);
    const LabFigure figure = block.result->figure();
    write(table, figure);
    JobResult result;
    result.verb = "lab-run";
    if (!command_.out.empty()) result.paths = {command_.out};
    result.table = {std::string(tool_.name) + " · " + remark(), figure.answer};
    for (const auto& path : result.paths) result.table.push_back("wrote " + path);
    result.text = result.table[0] + ": " + figure.answer;
    result.json = {summary(table, figure, result.paths)};
    return result;
  }

 private:
  static constexpr int kFrames = 21, kRestFrames = 12, kFrameMilliseconds = 120;

  /// The answer of the tool as it is now.
  LabBlock published() const {
    LabBlock block;
    block.tool = tool_.id;
    work_->publish(block);
    return block;
  }

  figures::Drawing drawn(const LabFigure& figure) const {
    return figures::draw_lab({tool_.name, tool_.question, remark()}, figure);
  }

  /// The tool again, at the t of the next frame of an animation.
  void begin_frame() {
    for (const LabArgument& argument : tool_.arguments) {
      if (std::string(argument.key) != "t") continue;
      const double t = argument.low + (argument.high - argument.low) * frame_ / (kFrames - 1);
      command_.arguments["t"] = fixed(t, 3);
    }
    options_ = options_of(command_);
    work_ = lab::make_lab_work(tool_.id, {*model_, judge_.get(), nullptr, latents_, options_});
  }

  void write(const LabTable& table, const LabFigure& figure) {
    if (command_.out.empty()) return;
    if (file_) {
      for (int i = 0; i < kRestFrames; ++i) file_->add(last_);
      return file_->finish();
    }
    const PrintForm form = figures::print_form(command_);
    const figures::Palette& palette = figures::palette_for(command_.out, form, figures::kLight);
    const double own =
        palette.cards ? double(figures::kLabWidth) * figures::kMmPerUnit : figure_kind("lab").width;
    const figures::FigureLayout layout{
        palette, static_cast<float>((form.width > 0 ? form.width : own) / figures::kMmPerUnit),
        static_cast<float>(form.height / figures::kMmPerUnit)};
    figures::save_figure(command_.out,
                         figures::draw_lab({tool_.name, tool_.question, remark()}, figure, layout), table,
                         form.dpi);
  }

  /// Whose answer it is.
  std::string remark() const {
    std::string text = (model_->data_name.empty() ? "" : model_->data_name + ", ") + "flow step " +
                       with_thousands(model_->flow_steps) + ", seed " + std::to_string(command_.seed);
    for (const auto& [key, value] : command_.arguments)
      if (value.size() < 40) text += ", " + key + " " + value;
    return text;
  }

  std::string summary(const LabTable& table, const LabFigure& figure,
                      const std::vector<std::string>& paths) const {
    return nlohmann::ordered_json{{"event", "done"},
                                  {"tool", tool_.id},
                                  {"arguments", options_.arguments.values()},
                                  {"seed", command_.seed},
                                  {"digit", command_.digit},
                                  {"guidance", command_.guidance},
                                  {"flow_step", model_->flow_steps},
                                  {"answer", figure.answer},
                                  {"rows", table.rows()},
                                  {"paths", paths}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  const LabToolInfo& tool_;
  LabRunCommand command_;
  lab::LabOptions options_;
  std::shared_ptr<const metrics::Judge> judge_;
  std::unique_ptr<inference::Model> model_;
  data::DataTensors data_;
  lab::LatentStore latents_;
  std::unique_ptr<lab::LabWork> work_;
  std::unique_ptr<files::AnimationFile> file_;  ///< of an animation over t
  files::Image8 last_;                          ///< its last frame
  int frame_ = 0;
};

}  // namespace

std::unique_ptr<SlicedJob> make_lab_job(const inference::Model& model, const data::DataTensors* data,
                                        std::shared_ptr<const metrics::Judge> judge,
                                        const LabRunCommand& command) {
  const LabToolInfo& tool = lab_tool(command.tool);
  if (is_animation(command.out)) {
    if (!has_argument(tool, "t"))
      throw InputError(
          "lab " + tool.id + ": out=" + command.out +
          ": an animation goes over t, which this tool does not have; field and interpolation do");
    files::require_animation("lab " + tool.id + ": out", command.out);
  } else if (!command.out.empty()) {
    figures::check_figure_file("lab " + tool.id + ": out", command.out);
  }
  if (!command.out.empty()) require_no_run_file("lab " + tool.id + ": out", command.out);
  if (model.flow_steps == 0 && inference::reflows(model) == 0 && tool.needs != LabToolInfo::Needs::DataAlone)
    throw InputError("lab " + tool.id +
                     ": this model's flow has not been trained; train it first, or open another model");
  if (command.digit >= 0 || command.guidance != 1)
    inference::require_labels(model, command.guidance, command.digit, "lab " + tool.id);
  return std::make_unique<LabJob>(model, data, std::move(judge), command);
}

}  // namespace lf::jobs
