#include "fake_lab.h"

#include "base/errors.h"
#include "lab/tools.h"

namespace lf {
namespace {

std::shared_ptr<const LabResult> fake_result(const std::string& tool, const FakeLabScene& scene) {
#define LF_FAKE(name) \
  if (tool == lab_tool_id(#name)) return fake_lab_##name(scene);
  LF_LAB_TOOLS(LF_FAKE)
#undef LF_FAKE
  throw RunError("no fake of the lab tool " + tool);
}

}  // namespace

std::shared_ptr<const LabBlock> fake_lab(const FlowBlock& flow, const std::string& tool, double progress,
                                         bool reflowed) {
  auto lab = std::make_shared<LabBlock>();
  lab->tool = tool;
  lab->arguments = lab_arguments(lab_tool(tool), {});
  lab->progress = progress;
  lab->complete = progress >= 1;
  lab->trained_step = flow.trained_step;
  lab->version = 1;
  if (progress > 0) lab->result = fake_result(tool, {flow, lab->complete, reflowed});
  return lab;
}

}  // namespace lf
