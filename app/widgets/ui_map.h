// The window as a screen reader or a test sees it: position and state of every control.
#pragma once

#include <map>
#include <string>

#include "widgets/layout.h"

namespace lf::app::widgets {

/// One control in the last frame.
struct UiItem {
  std::string name;  ///< stable, dotted: "train", "page.explore", "setting.flow.lr"
  Rect rect;
  bool visible = true;
  bool enabled = true;
  std::string reason;  ///< why it is disabled or not visible
  std::string label, tooltip, value;
};

/// The registry of one frame.
class UiMap {
 public:
  /// Forgets the items of the last frame.
  void begin_frame();
  /// Adds an item; one registered again in the same frame replaces the earlier.
  void add(UiItem item);
  /// Registers a control that is folded away, and how to reach it.
  void add_hidden(const std::string& name, const std::string& label, const std::string& reason);

  const UiItem* find(const std::string& name) const;
  const std::map<std::string, UiItem>& items() const { return items_; }
  /// The "items" object of the ui-map file, as JSON.
  std::string items_json() const;

 private:
  std::map<std::string, UiItem> items_;
};

}  // namespace lf::app::widgets
