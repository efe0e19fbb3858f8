// Draw, invert, edit: a board to draw on, the trajectory to noise, and the ten classes from there.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "base/errors.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "lab/drawing/result.h"
#include "panels/lab/drawing/image.h"
#include "panels/lab/panels.h"
#include "widgets/control/facts.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kUnderWay = "now.lab.strokes";         ///< the current stroke
constexpr const char* kCleared = "now.lab.drawing.cleared";  ///< an empty sheet, before the first stroke
constexpr size_t kLongest = 3800;                            ///< characters of a drawing

std::string argument(const PanelContext& c, const char* key, const char* initial) {
  return c.view.text(lab_argument_key("drawing", key), initial);
}

void tell(const PanelContext& c, const char* key, const std::string& value) {
  c.view.set(lab_argument_key("drawing", key), value);
}

/// No drawing and no image is used.
bool is_untouched(const PanelContext& c) {
  return argument(c, "strokes", "").empty() && argument(c, "image", "").empty();
}

/// The sheet is empty: no strokes, and the example was cleared.
bool is_cleared(const PanelContext& c) { return c.view.on(kCleared, false) && is_untouched(c); }

/// The sheet's content, for the ui-map.
std::string board_value(const PanelContext& c) {
  if (!offered_image(c).empty()) return "offered image " + offered_image_name(c);
  if (!argument(c, "image", "").empty()) return "image";
  const std::string strokes = argument(c, "strokes", "");
  return !strokes.empty() ? strokes : is_cleared(c) ? "empty" : "sample";
}

/// The image on the sheet: a previewed one, else the one in use.
ImageSheet board_image(const PanelContext& c) {
  ImageSheet image = offered_image(c);
  const std::string used = argument(c, "image", "");
  try {
    return image.empty() && !used.empty() ? parse_image_text(used) : image;
  } catch (const InputError&) {  // a script's value; the worker reports the error
    return {};
  }
}

void draw_ink(const PanelContext& c, const Rect& board, const std::string& strokes) {
  std::vector<std::vector<LabStrokePoint>> lines;
  try {
    lines = parse_strokes(strokes);
  } catch (const InputError&) {
    return;
  }
  const float unit = board.w / kDigitSide;
  for (const auto& line : lines) {
    std::vector<ImVec2> points;
    for (const LabStrokePoint& p : line)
      points.push_back({board.x + static_cast<float>(p.x) * unit, board.y + static_cast<float>(p.y) * unit});
    for (const ImVec2& p : points) draw()->AddCircleFilled(p, 1.15f * unit, c.theme().text, 14);
    draw()->AddPolyline(points.data(), static_cast<int>(points.size()), c.theme().text, 0, 2.3f * unit);
  }
}

/// The mouse's position on the board, in pixels of the image.
std::string point_text(const Rect& board) {
  const ImVec2 at = ImGui::GetIO().MousePos;
  const auto part = [](float x) { return fixed(std::clamp(kDigitSide * x, 0.0f, float{kDigitSide}), 1); };
  return part((at.x - board.x) / board.w) + "," + part((at.y - board.y) / board.h);
}

/// Handles the strokes; a request is sent when the button is released.
void draw_board(const PanelContext& c, const Rect& board) {
  const std::string done = argument(c, "strokes", "");
  std::string now = c.view.text(kUnderWay, "");
  draw()->AddRectFilled(board.min(), board.max(), c.theme().window, c.px(6));
  draw()->AddRect(board.min(), board.max(), c.theme().border, c.px(6));
  const Response r = control(c.ui, board,
                             {"lab.drawing.board", "Drawing board",
                              "Board for your own digit: draw with the mouse, or drop an image of a digit "
                              "here. The program centres it in 28 × 28 pixels, like the training digits.",
                              board_value(c), ""});
  if (r.held && done.size() + now.size() < kLongest) {
    const std::string point = point_text(board);
    const auto space = now.rfind(' ');
    if (now.empty() || now.substr(space == std::string::npos ? 0 : space + 1) != point)
      now += (now.empty() ? "" : " ") + point;
    c.view.set(kUnderWay, now);
  } else if (!r.held && !now.empty()) {
    tell(c, "strokes", done.empty() ? now : done + ";" + now);
    tell(c, "image", "");
    answer_offered_image(c, false);
    c.view.set(kCleared, false);
    c.view.set(kUnderWay, std::string());
  }
  draw()->PushClipRect(board.min(), board.max(), true);
  const ImageSheet image = now.empty() ? board_image(c) : ImageSheet();
  if (!image.empty())
    draw_image_on_board(c, board, image.image(0));
  else if (!is_cleared(c))
    draw_ink(c, board, done.empty() && now.empty() ? kSampleStrokes : done);
  draw_ink(c, board, now);
  draw()->PopClipRect();
}

/// In the middle of its area, texts below.
void draw_picture(const PanelContext& c, const Rect& slot, size_t index, int label,
                  const std::string& words) {
  const float line = c.px(20), side = std::floor(std::min(slot.w, slot.h - line));
  const Rect cell{slot.center().x - 0.5f * side, slot.center().y - 0.5f * (side + line), side, side};
  digit_tile(c.ui, cell, c.cache.lab_pictures, index, {label});
  draw_text(c.ui, {slot.x, cell.bottom() + c.px(2), slot.w, line - c.px(2)}, Type::Small, c.theme().text2,
            words, Align::Center);
}

/// From right to left in time: the digit, the states between, the noise.
void draw_way(const PanelContext& c, const LabDrawing& found) {
  const std::string length = found.t.empty()
                                 ? ""
                                 : "The noise of this digit has RMS " + fixed(found.noise_length, 2) +
                                       " per coordinate; samples of the prior have 1.00.";
  const CardBody parts =
      card(c.ui, c.area, {"lab.drawing.way", "Trajectory to noise", "rk4, 50 steps", length, {}});
  readout(
      c.ui, parts.body,
      {"lab.drawing.states", "Trajectory to noise",
       "Decoded states of the flow, solved from t = 1 back to t = 0.", std::to_string(found.t.size()), ""});
  const auto slots = columns(parts.body, std::vector<float>(11, 1), c.px(6));
  for (size_t i = 0; i < found.t.size() && i < slots.size(); ++i)
    draw_picture(c, slots[i], 2 + i, -1, "t " + fixed(found.t[i], 1));
}

/// Why some classes were not recognised as requested; "" if all were.
std::string stubborn_words(const LabDrawing& found) {
  size_t counts[kClasses] = {}, others = 0;
  for (size_t k = 0; k < found.classes_seen.size() && k < kClasses; ++k) {
    if (found.classes_seen[k] != k) ++others, ++counts[found.classes_seen[k] % kClasses];
  }
  if (others == 0) return "";
  const auto most = std::max_element(counts, counts + kClasses) - counts;
  const std::string length = fixed(found.noise_length, 1) + " × as long as a typical sample";
  const bool typical = std::fabs(found.noise_length - 1) < 0.2;
  const std::string why = typical ? "its noise keeps the shape" : "the noise is far from typical, " + length;
  return "In " + std::to_string(counts[most]) + " of 10 images the classifier predicts " +
         digit_with_article(static_cast<int>(most)) + " instead of the class label: " + why +
         ". More guidance or fresh noise helps.";
}

/// The index of the clicked chip, else −1.
int chip_line(const PanelContext& c, Rect line, const std::vector<CardChip>& chips) {
  int clicked = -1;
  for (size_t i = 0; i < chips.size(); ++i) {
    const Rect place = line.take_left(chip_width(c.ui, chips[i].info.label), c.px(6));
    if (chip(c.ui, place, chips[i].info, chips[i].on, chips[i].toggles)) clicked = static_cast<int>(i);
  }
  return clicked;
}

void draw_classes(const PanelContext& c, const LabDrawing& found) {
  CardSpec spec{"lab.drawing.edit",
                "The same noise with every class label",
                "rk4, 25 steps",
                stubborn_words(found),
                {}};
  const auto add = [&](const char* key, const char* initial, const char* value, const std::string& label,
                       const char* tooltip) {
    spec.chips.push_back({{std::string("lab.drawing.") + key + "." + value, label, tooltip, "", ""},
                          argument(c, key, initial) == value,
                          true});
  };
  for (const char* w : {"1", "2", "4"})
    add("guidance", "1", w, std::string("w = ") + w,
        "Guidance weight w: 1 is conditional, above 1 amplifies the class label.");
  for (const char* n : {"0", "0.3", "0.7"})
    add("noise", "0", n, n[1] ? std::string(n + 2) + "0 % fresh" : "same noise",
        "Share of fresh noise mixed into the noise of your drawing. A larger share removes more of your "
        "handwriting.");
  std::vector<CardChip> line;  ///< below the head if they would cut its title
  if (c.area.w / c.ui.scale < 700) line.swap(spec.chips);
  CardBody parts = card(c.ui, c.area, spec);
  if (!line.empty()) parts.clicked = chip_line(c, parts.body.take_top(chip_height(c.ui), c.px(4)), line);
  const char* const values[] = {"1", "2", "4", "0", "0.3", "0.7"};
  if (parts.clicked >= 0) tell(c, parts.clicked < 3 ? "guidance" : "noise", values[parts.clicked]);
  readout(c.ui, parts.body,
          {"lab.drawing.classes", "Ten classes in one handwriting",
           "All ten classes, generated from the noise of your drawing. The underline has the colour of the "
           "predicted class.",
           std::to_string(found.classes.count()), ""});
  if (found.classes.empty())
    return empty_state(
        c.ui, parts.body, c.snapshot.run->labelled ? "Computing" : "No class labels",
        c.snapshot.run->labelled ? "The result follows in a moment." : "This network is unconditional.");
  const auto slots = columns(parts.body, std::vector<float>(kClasses, 1), c.px(6));
  const size_t first = 2 + found.t.size();
  for (size_t k = 0; k < kClasses; ++k) {
    const int seen = found.classes_seen.empty() ? -1 : found.classes_seen[k];
    draw_picture(c, slots[k], first + k, seen, "as " + digit_with_article(static_cast<int>(k)));
  }
}

void draw_round_trips(const PanelContext& c, const LabDrawing& found) {
  const CardBody parts = card(c.ui, c.area,
                              {"lab.drawing.round",
                               "Round-trip error",
                               "to noise and back, RMS per coordinate",
                               "Latents have standard deviation 1.",
                               {}});
  std::vector<Fact> list;
  for (const LabRoundTrip& trip : found.round_trips) {
    const std::string name = trip.solver + " · " + std::to_string(trip.steps);
    list.push_back(
        {{"lab.drawing.round." + trip.solver + "." + std::to_string(trip.steps), name,
          counted(trip.steps, "step") + " of " + trip.solver + " each way, " +
              counted(trip.nfe, "function evaluation") + " in all: distance from the original latent.",
          short_number(trip.error, 2), ""},
         0});
  }
  facts(c.ui, parts.body, list, 108);
}

std::string answer(const LabDrawing& found) {
  if (found.seen < 0) return "There is no classifier, so the flow is unconditional.";
  return "The classifier predicts " + digit_with_article(found.seen) + " (" +
         fixed(100 * found.certainty, 0) + " %). Trajectories to noise and back use this class label.";
}

/// The buttons that clear the sheet and restore the example.
std::vector<CardChip> sheet_chips(const PanelContext& c) {
  if (!offered_image(c).empty()) {
    return {{{"lab.drawing.use-image", "use it", "Inverts this image to its noise and back.", "", ""},
             true,
             false},
            {{"lab.drawing.leave-image", "discard it", "Returns to the previous drawing.", "", ""},
             false,
             false}};
  }
  const bool cleared = is_cleared(c), sample = !cleared && is_untouched(c);
  return {{{"lab.drawing.clear", "clear", "Empties the board.", "", cleared ? "The board is empty." : ""},
           false,
           false},
          {{"lab.drawing.example", "an example", "Shows a handwritten two.", "",
            sample ? "It is shown already." : ""},
           false,
           false}};
}

}  // namespace

static void upload_drawing(const PanelContext& c, const LabDrawing& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  ImageSheet all;
  for (const auto* part : {&found.picture, &found.reconstruction, &found.way, &found.classes})
    all.append(*part);
  c.cache.lab_pictures.set(all, version);
}

void draw_lab_drawing(const PanelContext& c) {
  const auto found = c.snapshot.lab->as<LabDrawing>();
  if (found) upload_drawing(c, *found);
  const bool ready = found && !found->picture.empty();
  const bool narrow = c.area.w / c.ui.scale < 820, low = c.area.h / c.ui.scale < 520;
  Rect area = c.area, right;
  right = area.take_right(std::floor(area.w * (narrow ? 0.56f : 0.62f)), c.px(12));
  const bool offered = !offered_image(c).empty();
  const std::string words =
      offered         ? offered_image_name(c) + " prepared as network input. Choose whether to use it."
      : is_cleared(c) ? "Draw a digit with the mouse."
      : ready         ? answer(*found)
                      : "";
  const CardBody parts = lab_card(c.within(area), "", words, sheet_chips(c));
  if (parts.clicked >= 0 && offered) {
    answer_offered_image(c, parts.clicked == 0);
    if (parts.clicked == 0) c.view.set(kCleared, false);
  } else if (parts.clicked >= 0) {
    tell(c, "strokes", "");
    tell(c, "image", "");
    c.view.set(kCleared, parts.clicked == 0);
  }
  Rect body = parts.body;
  const Rect pair = body.take_bottom(std::floor(0.34f * body.h), c.px(10));
  const float side = std::floor(std::min(body.w, body.h));
  draw_board(c, {body.center().x - 0.5f * side, body.y, side, side});
  if (is_cleared(c))
    return empty_state(c.ui, pair, "Empty board",
                       "Trajectories to noise and back appear here after you draw.");
  if (lab_waits(c, pair, ready)) return;
  const auto halves = columns(pair, {1, 1}, c.px(10));
  draw_picture(c, halves[0], 0, found->seen, "network input");
  draw_picture(c, halves[1], 1, -1, "reconstruction");
  const auto cards = rows(right, low ? std::vector<float>{1, 1} : std::vector<float>{1, 1, 0.55f}, c.px(12));
  draw_way(c.within(cards[0]), *found);
  draw_classes(c.within(cards[1]), *found);
  if (low) return c.ui.map.add_hidden("lab.drawing.round", "Round-trip error", "Shown in larger windows.");
  draw_round_trips(c.within(cards[2]), *found);
}

}  // namespace lf::app::panels
