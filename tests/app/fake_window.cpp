// The real window with a simulated workload, for viewing and for driving it without LibTorch.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "app/clock.h"
#include "app/window_app.h"
#include "base/errors.h"
#include "fake_workload.h"

namespace {

std::string read_text(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

lf::app::WindowOptions parse(int argc, char** argv) {
  lf::app::WindowOptions options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string key = argv[i], value = argv[i + 1];
    if (key == "--script") options.script = lf::parse_script(read_text(value), value);
    if (key == "--frames") options.frames = std::atoi(value.c_str());
    if (key == "--screenshot") options.screenshot = value;
    if (key == "--ui-map") options.ui_map = value;
    if (key == "--width") options.width = std::atoi(value.c_str());
    if (key == "--height") options.height = std::atoi(value.c_str());
    if (key == "--config") options.config_folder = value;
  }
  options.make_workload = [] { return std::make_unique<lf::FakeWorkload>(); };
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  lf::app::seconds_since_start();
  try {
    return lf::app::run_window(parse(argc, argv));
  } catch (const lf::InputError& error) {
    std::fprintf(stderr, "fake_window: %s\n", error.what());
    return 2;
  }
}
