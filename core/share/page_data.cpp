#include "share/page_data.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "config/solver_table.h"
#include "files/base64.h"

namespace lf::share {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMostPoints = 500;         ///< of one curve
constexpr size_t kMostLatentPoints = 1000;  ///< on the map

double rounded(double value, int digits) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const double unit = std::pow(10, digits - 1 - std::floor(std::log10(std::abs(value))));
  return std::round(value * unit) / unit;
}

/// Means of equally many neighbours, so that at most kMostPoints remain.
Json curve_json(const Series& series) {
  const size_t each = std::max<size_t>(1, (series.value.size() + kMostPoints - 1) / kMostPoints);
  Json step = Json::array(), value = Json::array();
  for (size_t first = 0; first < series.value.size(); first += each) {
    const size_t end = std::min(first + each, series.value.size());
    double sum = 0;
    for (size_t i = first; i < end; ++i) sum += series.value[i];
    const double mean = sum / static_cast<double>(end - first);
    if (!std::isfinite(mean)) continue;
    step.push_back(rounded(series.step[end - 1], 7));
    value.push_back(rounded(mean, 5));
  }
  return {{"step", step}, {"value", value}};
}

Json curves_json(const RunCurves& curves) {
  return {{"autoencoder", curve_json(curves.autoencoder)},
          {"flow", curve_json(curves.flow)},
          {"flow_test", curve_json(curves.flow_test)},
          {"fd", curve_json(curves.fd)}};
}

Json numbers(const std::vector<float>& values, int digits) {
  Json list = Json::array();
  for (const float value : values) list.push_back(rounded(value, digits));
  return list;
}

Json plane_json(const LatentPlane& plane) {
  const size_t all = plane.labels.size(), kept = std::min(all, kMostLatentPoints);
  std::vector<float> points;
  Json labels = Json::array();
  for (size_t i = 0; i < kept; ++i) {
    const size_t at = i * all / kept;
    points.insert(points.end(), {plane.points[2 * at], plane.points[2 * at + 1]});
    labels.push_back(plane.labels[at]);
  }
  return {{"centre", numbers(plane.centre, 7)},
          {"directions", numbers(plane.directions, 7)},
          {"points", numbers(points, 4)},
          {"labels", labels}};
}

Json weights_json(const std::vector<Weight>& velocity, const std::vector<Weight>& decoder) {
  Json list = Json::array();
  for (const auto* part : {&velocity, &decoder})
    for (const Weight& weight : *part) list.push_back({{"name", weight.name}, {"shape", weight.shape}});
  return list;
}

Json network_json(const LiveNetwork& n) {
  return {{"patch", n.patch},
          {"width", n.width},
          {"blocks", n.blocks},
          {"heads", n.heads},
          {"hidden", n.hidden},
          {"precondition", n.precondition},
          {"channels", n.channels},
          {"shift", numbers(n.shift, 9)},
          {"scale", numbers(n.scale, 9)},
          {"weights", weights_json(n.velocity, n.decoder)},
          {"plane", plane_json(n.plane)}};
}

Json solvers_json() {
  Json list = Json::array();
  for (const SolverFacts& solver : solver_table())
    if (!solver.adaptive)
      list.push_back({{"id", solver.id},
                      {"name", solver.name},
                      {"evaluations", solver.evaluations_per_step},
                      {"extra", solver.extra_evaluations},
                      {"meaning", solver.meaning}});
  return list;
}

}  // namespace

std::string page_data(const ShareContent& content) {
  Json data{{"seed", std::to_string(content.seed)},
            {"solver", content.solver},
            {"steps", content.steps},
            {"labelled", content.labelled},
            {"solvers", solvers_json()},
            {"samples", files::base64(content.samples.bytes)},
            {"labels", content.labels}};
  if (content.network) data["network"] = network_json(*content.network);
  if (content.curves) data["curves"] = curves_json(*content.curves);
  if (content.time_lapse)
    data["lapse"] = {{"steps", content.time_lapse->steps}, {"digits", content.time_lapse->digits}};
  return data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace lf::share
