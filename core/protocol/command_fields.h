// The fields of every command, each once: key, range, meaning, and how it is written. Text to commands,
// commands to text, the reading of paths and the options of the command line follow from these lists.
//
// A new command needs its struct in commands.h, a line in CommandVariant, and its list in one of these files.
#pragma once

#include "protocol/job_fields.h"
#include "protocol/run_fields.h"
