// What a command needs before it can be applied: the only table of it.
#pragma once

#include "protocol/commands.h"

namespace lf::worker {

struct CommandNeeds {
  const char* verb = "";  ///< name of the command in errors
  bool digits = false;    ///< it waits until the digits are read
  bool model = false;
};

CommandNeeds needs_of(const Command& command);

/// True for commands that train, or end the current job: while a sweep trains they are refused.
bool ends_sweep(const Command& command);

}  // namespace lf::worker
