// The program of a build without the window: every subcommand, nothing to draw on.
#include "cli/cli.h"

int main(int argc, char** argv) { return lf::cli_main(argc, argv, lf::CliHooks{}); }
