#include "lab/block.h"

#include "base/errors.h"

namespace lf {

LabTable lab_table(const LabBlock& block) {
  if (block.result) return block.result->table();
  throw InputError(block.tool.empty()
                       ? "no tool of the lab is open; open one first"
                       : "the tool " + block.tool + " has no numbers yet; wait for its first result");
}

}  // namespace lf
