#include "figures/print/palette.h"

#include "base/command_words.h"
#include "base/errors.h"
#include "protocol/figure_kinds.h"

namespace lf::figures {

const Palette& palette_named(const std::string& name, const Palette& screen) {
  if (name == "screen") return screen;
  if (name == "print") return kPrint;
  if (name == "grey") return kGrey;
  throw InputError("palette " + name + ": no such palette; known are " + joined_names(palette_names()));
}

}  // namespace lf::figures
