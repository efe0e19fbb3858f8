#include "app/user_state.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "files/atomic_write.h"

namespace lf::app {
namespace {

using nlohmann::json;

constexpr uint64_t kMostBytes = 4 << 20;  ///< far more than any window stores

/// Reads `key` if it exists and has the right type.
template <class T>
void take(const json& from, const char* key, T& value) {
  const auto found = from.find(key);
  if (found == from.end()) return;
  try {
    value = found->get<T>();
  } catch (const json::exception&) {
    // Of another type: the file was edited; the default stays.
  }
}

/// The same for a number; one outside the range of `T` is ignored (its conversion would be
/// undefined).
template <class T>
void take_number(const json& from, const char* key, T& value) {
  const auto found = from.find(key);
  if (found == from.end() || !found->is_number()) return;
  const auto given = found->get<double>();
  const bool fits = given >= static_cast<double>(std::numeric_limits<T>::lowest()) &&
                    given <= static_cast<double>(std::numeric_limits<T>::max());
  if (fits) value = static_cast<T>(given);
}

/// Without values of one session: names that begin with "now.", and the name of one of them in
/// earlier versions.
std::map<std::string, std::string> lasting(std::map<std::string, std::string> switches) {
  for (auto it = switches.begin(); it != switches.end();) {
    const bool passing = it->first.rfind("now.", 0) == 0 || it->first == "crashed.seen";
    it = passing ? switches.erase(it) : std::next(it);
  }
  return switches;
}

}  // namespace

std::string user_state_path(const std::string& folder) { return folder + "/state.json"; }

UserState read_user_state(const std::string& folder) {
  try {
    const auto bytes = files::read_file(user_state_path(folder), kMostBytes);
    return parse_user_state(std::string(bytes.begin(), bytes.end()));
  } catch (const InputError&) {
    return {};
  }
}

UserState parse_user_state(const std::string& text) {
  UserState state;
  const json stored = json::parse(text, nullptr, false);
  if (!stored.is_object()) return state;
  take_number(stored, "width", state.width);
  take_number(stored, "height", state.height);
  take(stored, "page", state.view.page);
  take(stored, "theme", state.view.theme);
  take_number(stored, "font_scale", state.view.font_scale);
  take_number(stored, "speed", state.view.speed);
  take(stored, "loop", state.view.loop);
  take_number(stored, "settings", state.view.settings);
  take(stored, "switches", state.view.switches);
  take(stored, "recent", state.view.recent);
  take(stored, "last_view", state.last_view);
  take(stored, "newest_run", state.newest_run);
  state.width = std::clamp(state.width, 480, 16384);
  state.height = std::clamp(state.height, 360, 16384);
  state.view.font_scale = std::clamp(state.view.font_scale, 0.6f, 3.0f);
  state.view.settings = std::clamp(state.view.settings, -1, 1);
  state.view.speed = std::clamp(state.view.speed, 0.05, 8.0);
  return state;
}

std::string user_state_text(const UserState& state) {
  const panels::ViewState& v = state.view;
  const json stored{{"width", state.width}, {"height", state.height},       {"page", v.page},
                    {"theme", v.theme},     {"font_scale", v.font_scale},   {"speed", v.speed},
                    {"loop", v.loop},       {"settings", v.settings},       {"switches", lasting(v.switches)},
                    {"recent", v.recent},   {"last_view", state.last_view}, {"newest_run", state.newest_run}};
  return stored.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace lf::app
