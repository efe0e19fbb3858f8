// Typed and pasted paths in commands: the same rules for scripts and for the window.
#pragma once

#include "protocol/commands.h"

namespace lf {

/// The command with all its paths read as a person means them (base/typed_path.h).
Command with_typed_paths(Command command);

}  // namespace lf
