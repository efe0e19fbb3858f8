// The coupling lab, one half at a time.
#include "base/image_sheet.h"
#include "panels/lab/coupling/parts.h"

namespace lf::app::panels {
namespace {

struct HalfInfo {
  const char *id, *label, *tooltip;
};
constexpr HalfInfo kHalves[] = {
    {"couplings", "couplings", "The same batch of noise and digits with three couplings."},
    {"reflow", "reflow",
     "Results of 1, 2 and 4 steps with this flow, and reflow: training on pairs that the flow generates."}};

std::string key() { return lab_argument_key("coupling", "show"); }

}  // namespace

std::vector<CardChip> coupling_view_chips(const PanelContext& c) {
  const std::string shown = c.view.text(key(), kHalves[0].id);
  std::vector<CardChip> chips;
  for (const HalfInfo& half : kHalves)
    chips.push_back({{std::string("lab.coupling.show.") + half.id, half.label, half.tooltip, "", ""},
                     shown == half.id,
                     true});
  return chips;
}

bool coupling_view_clicked(const PanelContext& c, int clicked) {
  if (clicked < 0 || clicked >= static_cast<int>(std::size(kHalves))) return false;
  c.view.set(key(), std::string(kHalves[clicked].id));
  return true;
}

static void upload_coupling(const PanelContext& c, const LabCoupling& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  if (found.now.pictures.empty()) return;
  ImageSheet all = found.now.pictures;
  all.append(found.before.pictures);
  c.cache.lab_pictures.set(all, version);
}

void draw_lab_coupling(const PanelContext& c) {
  const auto answer = c.snapshot.lab->as<LabCoupling>();
  if (answer) upload_coupling(c, *answer);
  const LabCoupling* found = answer.get();
  if (c.view.text(key(), kHalves[0].id) == kHalves[1].id)
    draw_reflow(c, found);
  else
    draw_pairings(c, found);
}

}  // namespace lf::app::panels
