// The view of the last session: kept, restored once everything is loaded, and left out where the call names a
// model.
#include "app/user_memory.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "fake_snapshots.h"
#include "files/atomic_write.h"
#include "headless_ui.h"
#include "temporary_folder.h"

namespace lf::app {
namespace {

class UserMemoryTest : public ::testing::Test {
 protected:
  UserMemoryTest() : snapshot_(fake_snapshot("idle-shipped")) {
    auto runs = std::make_shared<RunsBlock>(*snapshot_.runs);
    runs->root = "/runs";
    snapshot_.runs = runs;
    auto run = std::make_shared<RunBlock>(*snapshot_.run);
    run->phase = Phase::Idle;
    run->running = false;
    snapshot_.run = run;
  }

  /// A session that ends with this state.
  void end_session(UserMemory& memory, const UserState& state) {
    const std::string text = memory.changed_text(state, snapshot_);
    if (!text.empty()) files::write_file_atomically(user_state_path(folder_.path().string()), text);
  }

  /// A session in which everything has been loaded.
  void load(UserMemory& memory) {
    HeadlessUi window(1440, 900);
    window.frame(snapshot_, [&](const panels::PanelContext& c) { memory.restore_view(c); });
  }

  /// The view that a new session shows, and what it sends.
  panels::ViewState restored(std::vector<std::string>* sent = nullptr, bool restores = true) {
    UserMemory memory(folder_.path().string(), restores);
    HeadlessUi window(1440, 900);
    window.view = memory.read().view;
    for (int i = 0; i < 2; ++i)  // once is enough
      window.frame(snapshot_, [&](const panels::PanelContext& c) { memory.restore_view(c); });
    if (sent) *sent = window.sent;
    return window.view;
  }

  lf::testing::TemporaryFolder folder_;
  Snapshot snapshot_;
};

TEST_F(UserMemoryTest, AFirstSessionOffersTheTourAndLaterOnesDoNot) {
  UserMemory first(folder_.path().string(), true);
  UserState state = first.read();
  EXPECT_TRUE(state.view.on("welcome.offered", false));
  state.view.set("welcome.offered", false);
  load(first);
  end_session(first, state);
  UserMemory second(folder_.path().string(), true);
  EXPECT_FALSE(second.read().view.on("welcome.offered", false));
}

TEST_F(UserMemoryTest, PageToolAndTimeComeBack) {
  UserMemory first(folder_.path().string(), true);
  UserState state = first.read();
  load(first);
  state.view.page = "flow-lab";
  state.view.set("lab.tool", std::string("solvers"));
  state.view.t = 0.25f;
  state.view.playing = false;
  state.view.selected = 3;
  end_session(first, state);

  const panels::ViewState again = restored();
  EXPECT_EQ(again.page, "flow-lab");
  EXPECT_EQ(again.text("lab.tool", ""), "solvers");
  EXPECT_FLOAT_EQ(again.t, 0.25f);
  EXPECT_FALSE(again.playing);
  EXPECT_EQ(again.selected, 3);
}

TEST_F(UserMemoryTest, ACallThatNamesAModelShowsThatModel) {
  UserMemory first(folder_.path().string(), true);
  UserState state = first.read();
  load(first);
  state.view.t = 0.25f;
  state.view.playing = false;
  end_session(first, state);
  std::vector<std::string> sent;
  EXPECT_TRUE(restored(&sent, false).playing);
  EXPECT_TRUE(sent.empty());
}

TEST_F(UserMemoryTest, NothingIsRestoredBeforeEverythingIsLoaded) {
  UserMemory first(folder_.path().string(), true);
  const UserState state = first.read();
  Snapshot loading = snapshot_;
  auto run = std::make_shared<RunBlock>(*loading.run);
  run->phase = Phase::Loading;
  loading.run = run;
  const std::string text = first.changed_text(state, loading);
  EXPECT_EQ(parse_user_state(text).last_view, "");
}

TEST_F(UserMemoryTest, AnEditedViewIsIgnored) {
  UserState state;
  state.last_view = "view page=explore t=soon";
  files::write_file_atomically(user_state_path(folder_.path().string()), user_state_text(state));
  std::vector<std::string> sent;
  EXPECT_EQ(restored(&sent).page, "explore");
  EXPECT_TRUE(sent.empty());
}

TEST_F(UserMemoryTest, WithoutAFolderNothingIsKept) {
  UserMemory memory("", true);
  EXPECT_FALSE(memory.keeps());
  EXPECT_FALSE(memory.read().view.on("welcome.offered", false));
}

}  // namespace
}  // namespace lf::app
