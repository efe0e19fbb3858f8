// What the tools of the lab publish, as JSON: the fields of each tool stand in its tests/lab/NAME/fake.cpp.
#pragma once

#include "lab/block.h"
#include "lab/list.h"
#include "lab/tools.h"
#include "plain_values.h"

namespace lf::net {

#define LF_NET_LAB(name) json lab_json_##name(const LabResult& result);
LF_LAB_TOOLS(LF_NET_LAB)
#undef LF_NET_LAB

/// A tool's result by its own fields, which LF_NET_FIELDS has named above.
#define LF_NET_LAB_RESULT(name, Type) \
  json lab_json_##name(const LabResult& result) { return value(dynamic_cast<const Type&>(result)); }

template <>
inline json plain<LabArguments>(const LabArguments& arguments) {
  return arguments.values();
}

/// Each tool's result under its name, null for those that are not open.
template <>
inline json plain<LabBlock>(const LabBlock& block) {
  const auto& [tool, arguments, complete, progress, problem, trained_step, seed, guidance, digit, version,
               result] = block;
  json object =
      named("tool, arguments, complete, progress, problem, trained_step, seed, guidance, digit, version",
            tool, arguments, complete, progress, problem, trained_step, seed, guidance, digit, version);
  const auto add = [&](std::string name, json (*print)(const LabResult&)) {
    const bool open = result && lab_tool_id(name) == block.tool;
    if (object.contains(name)) name += "_grid";  // "guidance" is a field of the block
    object[name] = open ? print(*result) : json(nullptr);
  };
#define LF_NET_LAB(name) add(#name, lab_json_##name);
  LF_LAB_TOOLS(LF_NET_LAB)
#undef LF_NET_LAB
  return object;
}

}  // namespace lf::net
