#include "worker/setting_commands.h"

namespace lf::worker {
namespace {

/// Settings for display, which a person sets for the window rather than for one preset.
bool is_personal(const SettingInfo& info) {
  return info.group == "Preview" || info.group == "Quality" || info.group == "Run";
}

}  // namespace

void set_setting(WorkerContext& context, Viewer& viewer, const SetCommand& command) {
  context.settings.set(command.key, command.value);
  const auto& model = context.work.model;
  if (setting_info(command.key).live && model)
    model->settings.set(command.key, context.settings.text(command.key));
  if (command.key == setting_key(&GeneralSettings::threads) && !context.work.training())
    context.set_threads(context.settings);
  viewer.apply_settings();
}

void choose_preset(WorkerContext& context, Viewer& viewer, const std::string& name) {
  const bool under_way = context.work.under_way();
  Settings fresh(name);
  for (const auto& info : setting_table()) {
    const bool touched = context.settings.text(info.key) != context.settings.preset_text(info.key);
    if (is_personal(info) && (touched || under_way)) fresh.set(info.key, context.settings.text(info.key));
  }
  context.settings = fresh;
  viewer.apply_settings();
}

void take_preset_views(WorkerContext& context, Viewer& viewer) {
  if (!context.work.model) return;
  Settings& settings = context.settings;
  const Settings before(context.work.model->settings.preset());
  for (const auto& info : setting_table())
    if (is_personal(info) && settings.text(info.key) == before.text(info.key)) settings.reset(info.key);
  viewer.apply_settings();
}

}  // namespace lf::worker
