#include "lab/tools.h"

#include <algorithm>

#include "base/command_words.h"
#include "base/errors.h"

namespace lf {
namespace {

LabToolInfo with_id(LabToolInfo tool, const char* name) {
  tool.id = lab_tool_id(name);
  return tool;
}

}  // namespace

bool has_argument(const LabToolInfo& tool, const std::string& key) {
  return std::any_of(tool.arguments.begin(), tool.arguments.end(),
                     [&](const LabArgument& argument) { return key == argument.key; });
}

std::string lab_tool_id(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

const std::vector<LabToolInfo>& lab_tools() {
#define LF_TOOL(name) with_id(describe_lab_##name(), #name),
  static const std::vector<LabToolInfo> tools{LF_LAB_TOOLS(LF_TOOL)};
#undef LF_TOOL
  return tools;
}

const LabToolInfo& lab_tool(const std::string& id) {
  std::vector<std::string> known;
  for (const LabToolInfo& tool : lab_tools()) {
    if (id == tool.id) return tool;
    known.push_back(tool.id);
  }
  throw InputError("unknown lab tool '" + id + "'; known are " + joined_names(known) + ", off");
}

}  // namespace lf
