// A tool of the lab without a window: the same work, in the same slices, to its end.
#include <nlohmann/json.hpp>

#include "base/distinct_files.h"
#include "base/errors.h"
#include "base/time_text.h"
#include "figures/panels/figure.h"
#include "figures/print/save.h"
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
    work_ = lab::make_lab_work(tool_.id, {*model_, judge_.get(), nullptr, latents_, options_});
  }

  std::string name() const override { return "lab " + tool_.id; }
  double progress() const override { return work_->progress(); }
  bool advance() override { return work_->advance(); }

  JobResult finish() override {
    LabBlock block;
    block.tool = tool_.id;
    work_->publish(block);
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
  void write(const LabTable& table, const LabFigure& figure) const {
    if (command_.out.empty()) return;
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
};

}  // namespace

std::unique_ptr<SlicedJob> make_lab_job(const inference::Model& model, const data::DataTensors* data,
                                        std::shared_ptr<const metrics::Judge> judge,
                                        const LabRunCommand& command) {
  const LabToolInfo& tool = lab_tool(command.tool);
  if (!command.out.empty()) figures::check_figure_file("lab " + tool.id + ": out", command.out);
  if (!command.out.empty()) require_no_run_file("lab " + tool.id + ": out", command.out);
  if (model.flow_steps == 0 && inference::reflows(model) == 0 && tool.needs != LabToolInfo::Needs::DataAlone)
    throw InputError("lab " + tool.id +
                     ": this model's flow has not been trained; train it first, or open another model");
  if (command.digit >= 0 || command.guidance != 1)
    inference::require_labels(model, command.guidance, command.digit, "lab " + tool.id);
  return std::make_unique<LabJob>(model, data, std::move(judge), command);
}

}  // namespace lf::jobs
