// The program of a build without the window: every subcommand.
#include "cli/cli.h"

int main(int argc, char** argv) { return lf::cli::cli_main(argc, argv, lf::cli::CliHooks{}); }
