#include "jobs/animation.h"

#include <filesystem>

namespace lf::jobs {
namespace {

class ExportJob : public SlicedJob {
 public:
  ExportJob(const FlowBlock& flow, std::string path)
      : path_(std::move(path)),
        animation_(path_, figures::flow_frames(flow.t, flow.images,
                                               {flow.labels.begin(), flow.labels.begin() + flow.digits})) {}
  std::string name() const override { return writing_words(path_); }
  double progress() const override { return animation_.progress(); }
  bool advance() override { return animation_.advance(); }
  bool outlasts_others() const override { return true; }
  JobResult finish() override {
    JobResult result;
    result.verb = "export";
    result.text = "saved to " + path_;
    result.paths = {path_};
    return result;
  }

 private:
  std::string path_;
  figures::Animation animation_;
};

}  // namespace

std::string writing_words(const std::string& path) {
  return "writing " + std::filesystem::path(path).filename().string();
}

std::unique_ptr<SlicedJob> make_export_job(const FlowBlock& flow, const std::string& path) {
  return std::make_unique<ExportJob>(flow, path);
}

}  // namespace lf::jobs
