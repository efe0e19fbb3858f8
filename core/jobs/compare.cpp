// `compare`: two to four models on the same noise.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "base/output_name.h"
#include "base/version.h"
#include "compare/comparison.h"
#include "figures/figures.h"
#include "figures/print/save.h"
#include "files/atomic_write.h"
#include "files/base64.h"
#include "jobs/animation.h"
#include "jobs/job.h"
#include "protocol/mean_deviation.h"
#include "records/comparison_tables.h"

namespace lf::jobs {
namespace {

constexpr const char* kPageStyle =
    "body{font:15px/1.5 sans-serif;max-width:1100px;margin:2em auto;padding:0 1em;color:#1b2129;"
    "background:#fff}img{max-width:100%}table{border-collapse:collapse;margin:0 0 1.5em}"
    "th,td{text-align:left;padding:.2em .8em;border-bottom:1px solid #d9dee6}"
    "@media(prefers-color-scheme:dark){body{color:#e6eaf0;background:#12161c}"
    "th,td{border-color:#2c3440}}";

std::vector<std::string> compared_paths(const CompareCommand& command) {
  std::vector<std::string> paths{command.first, command.second};
  for (const auto& more : {command.third, command.fourth})
    if (!more.empty()) paths.push_back(more);
  return paths;
}

compare::ComparisonRequest comparison_request(const CompareCommand& command, const CompareScene& scene) {
  compare::ComparisonRequest request;
  request.paths = compared_paths(command);
  request.preview.seed = static_cast<int64_t>(command.seed);
  request.preview.digit = command.digit;
  request.preview.digits = command.count;
  request.preview.sampler.guidance = command.guidance;
  request.judge_for = scene.judge_for;
  request.samples = command.samples;
  request.evaluations = command.samples > 0 ? command.evaluations : 0;
  return request;
}

/// A page that needs no other file.
std::string comparison_page(const CompareBlock& block, const std::vector<RunCurves>& curves,
                            const std::vector<records::TextTable>& tables) {
  std::string title;
  for (const ComparedModel& model : block.models) title += (title.empty() ? "" : " · ") + model.name;
  const std::string name = records::html_text(title);
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" + name +
         "</title><style>" + kPageStyle + "</style></head>\n<body>\n<h1>" + name +
         "</h1>\n<p>The same noise through each of these models (SHA-256 " + block.noise +
         "…).</p>\n<img alt=\"Digits of each model from the same noise, and their flow loss\" "
         "src=\"data:image/png;base64," +
         files::base64(figures::comparison_png(block, curves)) + "\">\n" + records::tables_html(tables) +
         "<p>latentflow " + kProgramVersion + "</p>\n</body>\n</html>\n";
}

nlohmann::ordered_json spread_json(const std::vector<double>& values) {
  const MeanDeviation all = mean_deviation(values);
  return {{"mean", all.mean}, {"standard_deviation", all.deviation}, {"values", values}};
}

class CompareJob : public SlicedJob {
 public:
  CompareJob(const CompareCommand& command, const CompareScene& scene, DeviceChoice device)
      : command_(command),
        scene_(scene),
        device_(std::move(device)),
        comparison_(comparison_request(command, scene)) {}

  std::string name() const override {
    if (animation_) return writing_words(command_.out);
    return search_ ? "training both runs again to find where they diverge" : "comparing models";
  }
  double progress() const override {
    if (!command_.narrow) return comparison_.progress();
    return search_ ? 0.2 + 0.8 * search_->progress() : 0.2 * comparison_.progress();
  }

  bool advance() override {
    if (animation_) return animation_->advance();
    if (compare_more()) return true;
    if (!is_animation(command_.out)) return false;
    animation_ =
        std::make_unique<figures::Animation>(command_.out, figures::comparison_frames(*comparison_.block()));
    return true;
  }

  JobResult finish() override {
    CompareBlock block = *comparison_.block();
    if (search_ && !block.divergence.empty()) block.divergence[0] += ". " + search_->text();
    const std::vector<records::TextTable> tables = records::comparison_tables(block);
    write(block, tables);
    JobResult result;
    result.verb = "compare";
    for (const records::TextTable& table : tables)
      for (const auto& line : records::aligned_lines(table)) result.table.push_back(line);
    result.table.push_back("The same noise for all, SHA-256 " + block.noise + "…");
    if (command_.samples > 0)
      for (const ComparedModel& model : block.models)
        if (model.fd.empty())
          result.table.push_back("note: " + model.name +
                                 " was not scored: there is no classifier for its digits; latentflow judge "
                                 "trains one");
    if (!block.remark.empty()) result.table.push_back("note: " + block.remark);
    result.text = search_ ? search_->text()
                          : "compared " + std::to_string(block.models.size()) + " models" +
                                (command_.out.empty() ? "" : ", wrote " + command_.out);
    if (!command_.out.empty()) {
      result.paths = {command_.out};
      result.table.push_back("wrote " + command_.out);
    }
    result.json = json(block);
    return result;
  }

 private:
  /// One slice of comparing; false when everything is known.
  bool compare_more() {
    if (search_) return search_->advance();
    if (comparison_.advance()) return true;
    if (!command_.narrow) return false;
    begin_search();
    return true;
  }

  void begin_search() {
    const auto source = [&](const std::string& folder) {
      return run::RepeatSource{"cannot repeat", folder, "", *scene_.data, *scene_.dataset};
    };
    const compare::Subject &a = *comparison_.subject(0), &b = *comparison_.subject(1);
    if (a.run_folder.empty() || b.run_folder.empty())
      throw InputError("compare: --narrow needs two runs; " + (a.run_folder.empty() ? a.name : b.name) +
                       " is a model without one");
    search_ = std::make_unique<compare::DivergenceSearch>(source(a.run_folder), source(b.run_folder), device_,
                                                          comparison_.first_divergence());
  }

  void write(const CompareBlock& block, const std::vector<records::TextTable>& tables) const {
    const std::string ending = std::filesystem::path(command_.out).extension().string();
    if (ending == ".png" || ending == ".svg" || ending == ".pdf")
      figures::write_comparison(command_.out, block, comparison_.curves(), figures::print_form(command_));
    if (ending == ".csv") files::write_file_atomically(command_.out, records::tables_csv(tables));
    if (ending == ".html")
      files::write_file_atomically(command_.out, comparison_page(block, comparison_.curves(), tables));
  }

  static std::vector<std::string> json(const CompareBlock& block) {
    std::vector<std::string> lines;
    for (size_t i = 0; i < block.models.size(); ++i) {
      const ComparedModel& model = block.models[i];
      nlohmann::ordered_json line{{"model", model.name},
                                  {"path", model.path},
                                  {"preset", model.preset},
                                  {"flow_steps", model.flow_steps},
                                  {"parameters", model.parameters},
                                  {"noise", block.noise}};
      if (model.score.valid) line["fd"] = model.score.fd;
      if (!model.fd.empty()) line["evaluated_fd"] = spread_json(model.fd);
      if (!model.accuracy.empty()) line["evaluated_accuracy"] = spread_json(model.accuracy);
      for (const SettingDifference& setting : block.settings)
        line["settings"][setting.key] = setting.values[i];
      if (i > 0) {
        line["same_weights"] = block.weights[i - 1].same;
        line["divergence"] = block.divergence[i - 1];
      }
      lines.push_back(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
    return lines;
  }

  CompareCommand command_;
  CompareScene scene_;
  DeviceChoice device_;
  compare::Comparison comparison_;
  std::unique_ptr<compare::DivergenceSearch> search_;
  std::unique_ptr<figures::Animation> animation_;  ///< once everything is known
};

}  // namespace

std::unique_ptr<SlicedJob> make_compare_job(const CompareCommand& command, const CompareScene& scene,
                                            const DeviceChoice& device) {
  const std::string ending = std::filesystem::path(command.out).extension().string();
  if (!command.out.empty()) {
    require_ending("compare: --out", command.out, with_animations({".png", ".svg", ".pdf", ".csv", ".html"}));
    files::require_animation("compare: --out", command.out);
    if (ending != ".html" && !is_animation(command.out))
      figures::check_figure_file("compare: --out", command.out);
  }
  if (command.height > 0) throw InputError("compare: the height of the figure follows from its width");
  return std::make_unique<CompareJob>(command, scene, device);
}

}  // namespace lf::jobs
