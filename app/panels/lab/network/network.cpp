// Network microscope: attention, modulation and residual stream of the network at the slider's t.
#include <algorithm>
#include <cmath>

#include "lab/network/result.h"
#include "panels/lab/network/parts.h"
#include "panels/preview_time.h"
#include "widgets/image/grid.h"
#include "widgets/text/text.h"

namespace lf::app::panels {

std::vector<float> network_numbers(const LabNetwork& n, const std::vector<float>& series, size_t per_block,
                                   const NetworkPlace& place, size_t state) {
  const size_t row = static_cast<size_t>(n.blocks) * per_block, digits = static_cast<size_t>(n.digits);
  const size_t first = place.mean ? 0 : place.digit, last = place.mean ? digits : place.digit + 1;
  std::vector<float> sum(row, 0.0f);
  for (size_t d = first; d < last; ++d) {
    const float* from = series.data() + (state * digits + d) * row;
    for (size_t i = 0; i < row; ++i) sum[i] += from[i];
  }
  for (float& value : sum) value /= static_cast<float>(last - first);
  return sum;
}

namespace {

constexpr const char* kMeanKey = "lab.network.mean";

NetworkPlace place_of(const PanelContext& c, const LabNetwork& n) {
  const size_t digit = static_cast<size_t>(std::max(0, c.view.selected)) % static_cast<size_t>(n.digits);
  return {digit, static_cast<size_t>(nearest_time(n.t, c.view.t)), c.view.on(kMeanKey, false)};
}

std::string answer(const PanelContext& c, const LabNetwork& n, const NetworkPlace& place) {
  const std::vector<float> share = network_numbers(n, n.share, 2, place, place.state);
  const auto map = static_cast<size_t>(n.tokens * n.tokens), heads = static_cast<size_t>(n.heads);
  const std::vector<float> maps = network_numbers(n, n.attention, heads * map, place, place.state);
  const auto top = static_cast<size_t>(std::max_element(share.begin(), share.end()) - share.begin());
  const double most = std::log2(static_cast<double>(n.tokens));
  size_t sharpest = 0;
  double least = 1e9;
  for (size_t i = 0; i < maps.size() / map; ++i) {
    const double bits = attention_bits(maps.data() + i * map, n.tokens);
    if (bits < least) least = bits, sharpest = i;
  }
  const std::string what = n.tokens == 4 ? "four quarters" : std::to_string(n.tokens) + " squares";
  return "Of " + std::to_string(n.blocks) + " blocks, block " + std::to_string(top / 2 + 1) +
         " changes the latent's " + what + " most at " + state_words(c, n.t[place.state]) + ": its " +
         (top % 2 ? "MLP" : "attention") + " adds " + fixed(100 * share[top], 0) +
         " % of the residual stream. Head " + std::to_string(sharpest % heads + 1) + " of block " +
         std::to_string(sharpest / heads + 1) + " is the most selective, " + fixed(most - least, 2) + " of " +
         fixed(most, 1) + " bits from uniform attention.";
}

void draw_digits(const PanelContext& c, const LabNetwork& n, const NetworkPlace& place) {
  const CardBody parts = card(c.ui, c.area,
                              {"lab.network.who",
                               "Endpoint estimate",
                               n.labelled ? "class labels 0 to 9" : "ten digits, unconditional",
                               "",
                               {}});
  if (n.pictures.empty()) return empty_state(c.ui, parts.body, "Decoding", "The images follow the numbers.");
  static const uint8_t labels[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  ImageGridSpec grid;
  grid.info = {"lab.network.digits", "Endpoint estimates",
               "One-step estimate of x₁ for each digit. Click one to show the network while it generates "
               "that digit.",
               std::to_string(place.digit), ""};
  grid.atlas = &c.cache.lab_guesses;
  grid.first = place.state * static_cast<size_t>(n.digits);
  grid.count = static_cast<int>(n.digits);
  grid.labels = n.labelled ? labels : nullptr;
  grid.selected = place.mean ? -1 : static_cast<int>(place.digit);
  const ImageGridResult r = image_grid(c.ui, parts.body, grid);
  if (r.clicked < 0) return;
  c.view.selected = r.clicked;
  c.view.set(kMeanKey, false);
}

/// Features vertically, times horizontally; amber above zero, blue below.
void draw_features(const PanelContext& c, const LabNetwork& n) {
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.network.time", "Time embedding", std::to_string(n.features) + " features by t", "", {}});
  Rect body = parts.body;
  const Rect foot = body.take_bottom(c.px(18), c.px(2));
  const Rect left = body.take_left(c.px(56), c.px(4));
  readout(c.ui, body,
          {"lab.network.features", "Time embedding",
           "Cosines and sines of t at several frequencies, the network's input for the time: amber +1, "
           "blue −1. Slow ones separate early from late, fast ones separate neighbouring times.",
           std::to_string(n.features), ""});
  const size_t states = n.t.size(), features = static_cast<size_t>(n.features);
  const float w = body.w / static_cast<float>(states), h = body.h / static_cast<float>(features);
  for (size_t s = 0; s < states; ++s) {
    for (size_t f = 0; f < features; ++f) {
      const float value = std::clamp(n.time_features[s * features + f], -1.0f, 1.0f);
      const Color full = value > 0 ? c.theme().positive : c.theme().negative;
      const float x = body.x + static_cast<float>(s) * w, y = body.y + static_cast<float>(f) * h;
      draw()->AddRectFilled({x, y}, {x + w, y + h}, mix(c.theme().raised, full, std::fabs(value)));
    }
  }
  const float x = body.x + w * (0.5f + c.view.t * static_cast<float>(states - 1));
  draw()->AddLine({x, body.y}, {x, body.bottom()}, c.theme().accent, c.px(2));
  const Theme& t = c.theme();
  draw_text(c.ui, {left.x, left.y, left.w, 0.5f * left.h}, Type::Small, t.text2, "cosines");
  draw_text(c.ui, {left.x, left.center().y, left.w, 0.5f * left.h}, Type::Small, t.text2, "sines");
  const Rect axis{body.x, foot.y, body.w, foot.h};
  draw_text(c.ui, axis, Type::MonoSmall, t.text2, "t = 0");
  draw_text(c.ui, axis, Type::MonoSmall, t.text2, "t = 1", Align::Right);
}

}  // namespace

static void upload_network(const PanelContext& c, const LabNetwork& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  if (found.pictures.empty()) return;
  const size_t half = found.pictures.count() / 2;
  c.cache.lab_states.set(found.pictures.part(0, half), version);
  c.cache.lab_guesses.set(found.pictures.part(half, half), version);
}

void draw_lab_network(const PanelContext& c) {
  const auto found = c.snapshot.lab->as<LabNetwork>();
  if (found) upload_network(c, *found);
  const bool ready = found && !found->t.empty();
  const bool narrow = c.area.w / c.ui.scale < 820, low = c.area.h / c.ui.scale < 520;
  Rect area = c.area, below, right;
  if (ready) {
    below = area.take_bottom(std::floor(area.h * (low ? 0.46f : 0.38f)), c.px(12));
    right = area.take_right(std::floor(area.w * (narrow ? 0.4f : 0.34f)), c.px(12));
  }
  const NetworkPlace place = ready ? place_of(c, *found) : NetworkPlace{};
  const bool mean = place.mean;
  const std::vector<CardChip> chips{
      {{"lab.network.one", "one digit", "Shows the network while it generates the selected digit.", "", ""},
       !mean,
       true},
      {{"lab.network.all", "mean of ten", "The mean over the ten digits.", "", ""}, mean, true}};
  const std::string unit = !ready ? ""
                           : mean ? "the mean of ten digits"
                                  : "digit " + std::to_string(place.digit);
  const CardBody parts = lab_card(c.within(area), unit, ready ? answer(c, *found, place) : "", chips);
  if (parts.clicked >= 0) c.view.set(kMeanKey, parts.clicked == 1);
  if (lab_waits(c, parts.body, ready)) return;
  draw_attention_maps(c, parts.body, *found, place);
  if (low) {
    draw_digits(c.within(right), *found, place);
    c.ui.map.add_hidden("lab.network.features", "Time embedding", "Shown in larger windows.");
  } else {
    const auto cards = rows(right, {1, 1.3f}, c.px(12));
    draw_digits(c.within(cards[0]), *found, place);
    draw_features(c.within(cards[1]), *found);
  }
  const auto cards = columns(below, {1, 1}, c.px(12));
  draw_network_shares(c.within(cards[0]), *found, place);
  draw_network_modulation(c.within(cards[1]), *found, place);
}

}  // namespace lf::app::panels
