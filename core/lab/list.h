// The one list of the lab's tools, in the order in which the window shows them. A line here and a folder
// core/lab/NAME make a tool. Its id in scripts and in the ui-map is NAME with '-' for '_'; of each name
// follow
//   describe_lab_NAME()  what it is called and asks, and its arguments: core/lab/NAME/result.cpp
//   make_lab_NAME()      its work, which publishes a LabResult: core/lab/NAME/work.cpp
//   draw_lab_NAME()      how the window draws that: app/panels/lab/NAME.cpp or a folder NAME there
//   fake_lab_NAME()      what it would publish, for tests of the window: tests/lab/NAME/fake.cpp
#pragma once

/// TOOL(name) for each tool.
#define LF_LAB_TOOLS(TOOL) \
  TOOL(ghost)              \
  TOOL(solvers)            \
  TOOL(time_grid)          \
  TOOL(field)              \
  TOOL(straightness)       \
  TOOL(guidance)           \
  TOOL(coupling)           \
  TOOL(loss_floor)         \
  TOOL(step)               \
  TOOL(network)            \
  TOOL(map)                \
  TOOL(interpolation)      \
  TOOL(drawing)            \
  TOOL(nearest)            \
  TOOL(likelihood)
