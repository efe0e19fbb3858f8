// Text to commands: those that begin a job. command_parser.cpp has the others, and the table of all.
#pragma once

#include "base/command_words.h"
#include "protocol/commands.h"

namespace lf {

/// A digit 0..9, or −1 for `all`.
int parse_digit(CommandWords& words);

Command parse_sample(CommandWords& words);
Command parse_reconstruct(CommandWords& words);
Command parse_likelihood(CommandWords& words);
Command parse_invert(CommandWords& words);
Command parse_lab_run(CommandWords& words);
Command parse_evaluate(CommandWords& words);
Command parse_judge(CommandWords& words);
Command parse_bench(CommandWords& words);
Command parse_verify(CommandWords& words);
Command parse_replay(CommandWords& words);
Command parse_weights(CommandWords& words);
Command parse_export_weights(CommandWords& words);

}  // namespace lf
