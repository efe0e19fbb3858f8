// The tools of the lab: what each is called, what it asks, and what it can be told.
#pragma once

#include <string>
#include <vector>

#include "lab/arguments.h"

namespace lf {

/// One tool of the lab.
struct LabToolInfo {
  const char* id;        ///< in scripts and the ui-map: `lab ghost`
  const char* page;      ///< of the window: "flow-lab" or "latent-space"
  const char* name;      ///< in the list
  const char* question;  ///< its title
  const char* tooltip;   ///< three sentences: what is shown, how to read it, what to try
  std::vector<LabArgument> arguments = {};
};

/// In the order of the lists.
const std::vector<LabToolInfo>& lab_tools();
/// The tool with this id. InputError, listing the known ones, when there is none.
const LabToolInfo& lab_tool(const std::string& id);

}  // namespace lf
