#include "widgets/ui_map.h"

#include <nlohmann/json.hpp>

namespace lf::app::widgets {

void UiMap::begin_frame() { items_.clear(); }

void UiMap::add(UiItem item) {
  std::string name = item.name;
  items_[std::move(name)] = std::move(item);
}

void UiMap::add_hidden(const std::string& name, const std::string& label, const std::string& reason) {
  if (items_.count(name) != 0) return;
  UiItem item;
  item.name = name;
  item.label = label;
  item.visible = false;
  item.reason = reason;
  add(std::move(item));
}

const UiItem* UiMap::find(const std::string& name) const {
  const auto found = items_.find(name);
  return found == items_.end() ? nullptr : &found->second;
}

std::string UiMap::items_json() const {
  nlohmann::json items = nlohmann::json::object();
  for (const auto& [name, item] : items_) {
    items[name] = {{"rect", {item.rect.x, item.rect.y, item.rect.w, item.rect.h}},
                   {"visible", item.visible},
                   {"enabled", item.enabled},
                   {"reason", item.reason},
                   {"label", item.label},
                   {"tooltip", item.tooltip},
                   {"value", item.value}};
  }
  return items.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace lf::app::widgets
