// Figure of the network microscope: attention, contributions of the blocks, modulation along t.
#include <algorithm>
#include <iterator>
#include <string>

#include "lab/network/result.h"

namespace lf {
namespace {

/// What each head's tokens look at in one state, the mean over the digits.
LabMatrix attention_matrix(const LabNetwork& found, size_t state) {
  const auto tokens = static_cast<size_t>(found.tokens), heads = static_cast<size_t>(found.heads),
             blocks = static_cast<size_t>(found.blocks), n = static_cast<size_t>(found.digits);
  LabMatrix matrix;
  matrix.columns = static_cast<int>(heads * tokens);
  matrix.every = static_cast<int>(tokens);
  matrix.values.assign(blocks * tokens * heads * tokens, 0);
  for (size_t d = 0; d < n; ++d)
    for (size_t b = 0; b < blocks; ++b)
      for (size_t h = 0; h < heads; ++h) {
        const float* map =
            found.attention.data() + (((state * n + d) * blocks + b) * heads + h) * tokens * tokens;
        for (size_t i = 0; i < tokens * tokens; ++i)
          matrix.values[((b * tokens + i / tokens) * heads + h) * tokens + i % tokens] +=
              map[i] / static_cast<float>(n);
      }
  matrix.high = *std::max_element(matrix.values.begin(), matrix.values.end());
  for (size_t h = 0; h < heads; ++h) matrix.column_names.push_back("head " + std::to_string(h + 1));
  for (size_t b = 0; b < blocks; ++b) matrix.row_names.push_back("block " + std::to_string(b + 1));
  matrix.x_name = "rows: attending token; columns: token attended to; darkest " + fixed_text(matrix.high, 2);
  return matrix;
}

/// One of `parts` numbers of each block along t, the mean over the digits.
std::vector<LabCurve> block_curves(const LabNetwork& found, const std::vector<float>& values, size_t parts,
                                   size_t part) {
  constexpr int kTones[] = {kToneBlue, kToneAmber, kToneGreen, kToneViolet, kToneRed, kToneText};
  std::vector<LabCurve> curves;
  const auto n = static_cast<size_t>(found.digits), blocks = static_cast<size_t>(found.blocks);
  for (size_t b = 0; b < blocks; ++b) {
    LabCurve curve{"block " + std::to_string(b + 1), kTones[b % std::size(kTones)], found.t, {}};
    for (size_t s = 0; s < found.t.size(); ++s) {
      double sum = 0;
      for (size_t d = 0; d < n; ++d)
        sum += static_cast<double>(values[((s * n + d) * blocks + b) * parts + part]);
      curve.y.push_back(static_cast<float>(sum / static_cast<double>(n)));
    }
    curves.push_back(curve);
  }
  return curves;
}

/// Some states and their endpoint estimates; digits are columns.
LabImages network_images(const LabNetwork& found) {
  LabImages images;
  images.columns = static_cast<int>(found.digits);
  const auto n = static_cast<size_t>(found.digits);
  for (const size_t s : spread_indices(found.t.size(), 9)) {
    images.row_names.push_back("t = " + fixed_text(static_cast<double>(found.t[s]), 2));
    images.sheet.append(found.pictures, (found.t.size() + s) * n, n);
  }
  return images;
}

}  // namespace

LabFigure LabNetwork::figure() const {
  LabFigure figure;
  if (t.empty() || share.empty() || attention.empty()) return figure;
  const size_t middle = nearest_index(t, 0.5);
  const std::string when = "t = " + fixed_text(static_cast<double>(t[middle]), 2);
  figure.answer = std::to_string(blocks) + " blocks with " + std::to_string(heads) + " heads over " +
                  std::to_string(tokens) + " tokens, recorded while " +
                  (labelled ? "ten digits, one of each class," : "ten digits, unconditional,") +
                  " are generated. All numbers are means over these digits.";
  figure.rows = {{{"Attention at " + when, "weights", attention_matrix(*this, middle)},
                  {"Endpoint estimates", "along t", network_images(*this)}},
                 {{"Contribution of attention", "",
                   LabPlot{"t", "RMS relative to the residual stream", block_curves(*this, share, 2, 0)}},
                  {"Contribution of the MLP", "",
                   LabPlot{"t", "RMS relative to the residual stream", block_curves(*this, share, 2, 1)}}}};
  std::vector<LabPanel> modulations;
  const char* names[] = {"shift", "scale", "gate"};
  for (size_t k = 0; k < 3; ++k)
    modulations.push_back({std::string("adaLN ") + names[k], "of attention",
                           LabPlot{"t", "RMS", block_curves(*this, modulation, 6, k)}});
  figure.rows.push_back(modulations);
  return figure;
}

}  // namespace lf
