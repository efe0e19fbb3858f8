// What a command needs before it can be obeyed: the one table of it.
#pragma once

#include "protocol/commands.h"

namespace lf {

struct CommandNeeds {
  const char* verb = "";  ///< how errors name the command
  bool digits = false;    ///< it waits until the digits are read
  bool model = false;
};

CommandNeeds needs_of(const Command& command);

}  // namespace lf
