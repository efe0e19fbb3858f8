// What the lab's tools would publish, made of the fake preview: each tool's tests/lab/NAME/fake.cpp.
#pragma once

#include <memory>
#include <string>

#include "base/image_sheet.h"
#include "lab/list.h"
#include "protocol/snapshot.h"

namespace lf {

/// What a fake is made of.
struct FakeLabScene {
  const FlowBlock& flow;
  bool complete = true;   ///< false: the tool is half-way
  bool reflowed = false;  ///< a reflow is running

  /// The first `count` digits at t = 1.
  ImageSheet digits(size_t count) const {
    return flow.images.part((flow.t.size() - 1) * static_cast<size_t>(flow.digits), count);
  }
};

#define LF_FAKE(name) std::shared_ptr<const LabResult> fake_lab_##name(const FakeLabScene& scene);
LF_LAB_TOOLS(LF_FAKE)
#undef LF_FAKE

/// A tool that is open, half-way or done; at `progress` 0 nothing is known yet.
std::shared_ptr<const LabBlock> fake_lab(const FlowBlock& flow, const std::string& tool, double progress,
                                         bool reflowed = false);

}  // namespace lf
