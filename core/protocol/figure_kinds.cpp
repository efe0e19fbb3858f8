#include "protocol/figure_kinds.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <sstream>

#include "base/command_words.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "protocol/commands.h"

namespace lf {
namespace {

constexpr double kColumnMm = 85, kPageMm = 170;  ///< one and two columns of a journal

}  // namespace

const std::vector<FigureKind>& figure_kinds() {
  using Needs = FigureKind::Needs;
  static const std::vector<FigureKind> kinds{
      {"loss", "flow loss over steps, training and held-out digits", Needs::Curves, true, kColumnMm},
      {"autoencoder-loss", "autoencoder loss over steps", Needs::Curves, true, kColumnMm},
      {"losses", "autoencoder and flow loss side by side", Needs::Curves, false, kPageMm},
      {"learning-rate", "learning rates of both optimisers", Needs::Curves, true, kColumnMm},
      {"loss-by-time", "flow loss in bins of t", Needs::Curves, true, kColumnMm},
      {"quality", "Fréchet distance over training", Needs::Score, true, kColumnMm},
      {"accuracy", "share of samples with the requested class, for each class", Needs::Score, false,
       kColumnMm},
      {"confusion", "requested against predicted class", Needs::Score, false, kColumnMm},
      {"classes", "share of samples predicted as each class", Needs::Score, false, kColumnMm},
      {"latent-spread", "standard deviation of each latent dimension", Needs::Latents, true, kColumnMm},
      {"reconstructions", "original, reconstruction and difference of test digits", Needs::Reconstructions,
       false, kPageMm},
      {"digits", "generated digits at time t, a column for each class", Needs::Flow, false, kPageMm},
      {"strip", "film strip from noise to digit", Needs::Flow, false, kPageMm},
      {"map", "latent map with trajectories", Needs::Map, false, kPageMm},
      {"trajectories", "film strip and latent map side by side", Needs::Flow, false, kPageMm},
      {"lab", "the open tool of the lab", Needs::Lab, false, kPageMm},
      {"compare", "the compared models", Needs::Compare, false, kPageMm},
      {"sweep", "mean Fréchet distance over one or two settings of a sweep", Needs::Sweep, false, kPageMm}};
  return kinds;
}

const FigureKind& figure_kind(const std::string& id) {
  std::vector<std::string> known;
  for (const FigureKind& kind : figure_kinds()) {
    if (kind.id == id) return kind;
    known.push_back(kind.id);
  }
  throw InputError("figure " + id + ": no such figure; known are " + joined_names(known));
}

const std::vector<std::string>& palette_names() {
  static const std::vector<std::string> names{"screen", "print", "grey"};
  return names;
}

const std::vector<std::string>& axes_names() {
  static const std::vector<std::string> names{"linear", "log-y", "log-x", "log"};
  return names;
}

const std::vector<std::string>& figure_endings() {
  static const std::vector<std::string> endings{".png", ".svg", ".pdf", ".csv"};
  return endings;
}

std::vector<std::string> endings_of_list(const std::string& list) {
  std::vector<std::string> endings;
  std::istringstream words(list);
  for (std::string word; std::getline(words, word, ',');) {
    if (word != "svg" && word != "pdf" && word != "csv")
      throw InputError("figures-as " + list + ": '" + word + "' is no format; known are svg, pdf, csv");
    endings.push_back("." + word);
  }
  return endings;
}

std::optional<AxisRange> range_of_text(const std::string& key, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const size_t colon = text.find(':');
  const auto low = parse_number(text.substr(0, colon)),
             high = colon == std::string::npos ? std::nullopt : parse_number(text.substr(colon + 1));
  if (!low || !high || !std::isfinite(*low) || !std::isfinite(*high) || *low >= *high)
    throw InputError("figure: " + key + "=" + text +
                     " is no range; write LOW:HIGH with the lower number first, such as 0:1000");
  return AxisRange{*low, *high, false};
}

void check_figure(const FigureCommand& command) {
  const FigureKind& kind = figure_kind(command.kind);
  const std::vector<std::string>& endings = figure_endings();
  const std::string ending = std::filesystem::path(command.file).extension().string();
  if (std::find(endings.begin(), endings.end(), ending) == endings.end())
    throw InputError("figure " + kind.id + ": file " + command.file + " must end in " +
                     joined_names(endings));
  const bool axes = !command.x.empty() || !command.y.empty() || !command.axes.empty();
  if (axes && !kind.plot)
    throw InputError("figure " + kind.id + ": x, y and axes apply only to single plots, such as loss");
  range_of_text("x", command.x);
  range_of_text("y", command.y);
}

}  // namespace lf
