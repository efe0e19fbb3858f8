#include "lab/network/result.h"

#include <algorithm>
#include <cmath>

#include "lab/tools.h"

namespace lf {

const char* const kModulationParts[6] = {"attention_shift", "attention_scale", "attention_gate",
                                         "mlp_shift",       "mlp_scale",       "mlp_gate"};

double attention_bits(const float* map, int64_t tokens) {
  double bits = 0;
  for (int64_t i = 0; i < tokens * tokens; ++i) bits -= map[i] > 0 ? map[i] * std::log2(map[i]) : 0;
  return std::max(0.0, bits / static_cast<double>(tokens));
}

LabToolInfo describe_lab_network() {
  return {kFlowLabPage, "Network internals", "What happens inside the network?",
          "Records each head's attention, each block's modulation (adaLN) and the residual stream while the "
          "network generates ten digits. All values are those at the slider's t. Move t to see which blocks "
          "contribute early and which late."};
}

LabTable LabNetwork::table() const {
  std::vector<std::string> names{"t", "class", "block", "attention_share", "mlp_share"};
  names.insert(names.end(), kModulationParts, kModulationParts + 6);
  for (int64_t h = 0; h < heads; ++h) names.push_back("head_" + std::to_string(h + 1) + "_bits");
  LabTable table(names);
  const auto per_state = static_cast<size_t>(digits * blocks);
  const auto map = static_cast<size_t>(tokens * tokens), heads = static_cast<size_t>(this->heads);
  for (size_t at = 0; at < share.size() / 2; ++at) {
    const auto row = static_cast<int64_t>(at % per_state);
    table.row().cell(t[at / per_state]).cell(static_cast<double>(row / blocks));
    table.cell(static_cast<double>(row % blocks + 1));
    table.cell(share[at * 2]).cell(share[at * 2 + 1]);
    for (size_t k = 0; k < 6; ++k) table.cell(modulation[at * 6 + k]);
    for (size_t h = 0; h < heads; ++h)
      table.cell(attention_bits(attention.data() + (at * heads + h) * map, tokens));
  }
  return table;
}

}  // namespace lf
