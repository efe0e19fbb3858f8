#include "library/open_accelerator.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "scoped_environment.h"
#include "test_paths.h"

namespace lf::library {
namespace {

using testing::ScopedEnvironment;

/// One line, no device.
void expect_refusal(const FoundAccelerator& found, const std::string& part) {
  EXPECT_EQ(found.device, nullptr);
  EXPECT_NE(found.reason.find(part), std::string::npos) << found.reason;
  EXPECT_EQ(found.reason.find('\n'), std::string::npos);
}

TEST(OpenAccelerator, SaysThatThePluginIsNotThere) {
  expect_refusal(open_accelerator("no/such/plugin.so"), "the CUDA plug-in is not built");
}

TEST(OpenAccelerator, SaysWhatCannotBeOpened) {
  const auto file = std::filesystem::temp_directory_path() / "latentflow-not-a-library.so";
  std::ofstream(file) << "no library";
  expect_refusal(open_accelerator(file.string()), "the CUDA plug-in cannot be opened: ");
  std::filesystem::remove(file);
}

TEST(OpenAccelerator, RefusesALibraryThatIsNoPlugin) {
  expect_refusal(open_accelerator(OTHER_LIBRARY), "is not a plug-in of this program");
}

TEST(OpenAccelerator, HandsOnThePluginsReason) {
  const ScopedEnvironment reason("FAKE_PLUGIN_REASON", "no CUDA device answers"),
      file("LATENTFLOW_CUDA", FAKE_PLUGIN);
  expect_refusal(open_accelerator(),
                 "no CUDA device answers (version " + std::to_string(training::kAcceleratorVersion) + ")");
}

TEST(OpenAccelerator, TheBuiltPluginAnswersOneWayOrTheOther) {
  const std::string file = CUDA_PLUGIN;
  if (file.empty()) GTEST_SKIP() << "this build has no CUDA plug-in";
  const FoundAccelerator found = open_accelerator(file);
  EXPECT_NE(found.device != nullptr, !found.reason.empty());
  if (found.device) {
    EXPECT_TRUE(found.device->device().is_cuda());
  } else {
    EXPECT_EQ(found.reason.find("not built"), std::string::npos) << found.reason;
  }
}

}  // namespace
}  // namespace lf::library
