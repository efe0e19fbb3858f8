// The lab tools: name, subtitle and arguments of each.
#pragma once

#include <string>
#include <vector>

#include "lab/arguments.h"
#include "lab/list.h"

namespace lf {

constexpr const char* kFlowLabPage = "flow-lab";
constexpr const char* kLatentSpacePage = "latent-space";

/// One tool of the lab.
struct LabToolInfo {
  const char* page;      ///< of the window
  const char* name;      ///< in the list
  const char* question;  ///< its subtitle
  const char* tooltip;   ///< three sentences: content, how to read it, what to try
  std::vector<LabArgument> arguments = {};
  /// What must be there: a trained flow, and the digits that it was trained on. Where those suffice alone,
  /// the tool has something to show before the first step of the flow.
  enum class Needs { Flow, Data, DataAlone } needs = Needs::Flow;
  std::string id = {};  ///< in scripts and the ui-map: `lab time-grid`; follows from the list
};

/// True where the tool has an argument of this name.
bool has_argument(const LabToolInfo& tool, const std::string& key);

/// The id of the tool that the list calls `name`: with '-' for '_'.
std::string lab_tool_id(std::string name);

/// In the order of the lists.
const std::vector<LabToolInfo>& lab_tools();
/// What is said of one tool, without its id.
#define LF_DESCRIBE(name) LabToolInfo describe_lab_##name();
LF_LAB_TOOLS(LF_DESCRIBE)
#undef LF_DESCRIBE

/// The tool with this id. InputError, listing the known ones, when there is none.
const LabToolInfo& lab_tool(const std::string& id);

}  // namespace lf
