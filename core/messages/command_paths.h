// The paths of a command.
#pragma once

#include "messages/commands.h"

namespace lf {

/// The command with all its paths resolved as the user meant them (messages/typed_path.h).
Command with_typed_paths(Command command);

}  // namespace lf
