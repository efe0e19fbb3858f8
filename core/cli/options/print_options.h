// The options of every subcommand that writes a figure: its size and colours.
#pragma once

#include "cli/options/field_options.h"

namespace lf::cli {

/// --width, --height, --dpi and --palette of a command that has the fields of fields::print_form.
template <class C>
void add_print_form(const FieldOptions<C>& options) {
  options.add(&C::width)->type_name("MM");
  options.add(&C::height)->type_name("MM");
  options.add(&C::dpi);
  options.add(&C::palette);
}

}  // namespace lf::cli
