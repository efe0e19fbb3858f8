#include "run/list/trash.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "run/folder.h"
#include "run/order.h"
#include "run/run_files.h"
#include "temporary_folder.h"

namespace lf::run {
namespace {

namespace fs = std::filesystem;

class Trash : public ::testing::Test {
 protected:
  fs::path make(const std::string& name, const std::string& model = "x") const {
    fs::create_directories(root_ / name);
    files::write_file_atomically(root_ / name / kModelName, model);
    number_run(root_ / name, root_.path());
    return root_ / name;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const RunSummary& run : list_runs(root_.path(), "")) all.push_back(run.name);
    return all;
  }
  testing::TemporaryFolder root_;
};

TEST_F(Trash, ADeletedRunIsRestoredWithEverythingInItsFolder) {
  const fs::path run = make("a");
  files::write_file_atomically(run / "my notes.txt", std::string("mine"));
  const fs::path place = move_to_trash(run / "", root_.path());
  EXPECT_TRUE(names().empty());
  EXPECT_FALSE(fs::exists(run));
  ASSERT_EQ(list_trash(root_.path()).size(), 1u);
  EXPECT_EQ(list_trash(root_.path())[0].name, "a");
  EXPECT_EQ(list_trash(root_.path())[0].folder, place.string());
  EXPECT_GT(list_trash(root_.path())[0].bytes, 0);
  EXPECT_EQ(restore_from_trash(place, root_.path()), run);
  EXPECT_EQ(read_text_file(run / "my notes.txt"), "mine");
  EXPECT_EQ(names(), std::vector<std::string>{"a"});
  EXPECT_TRUE(list_trash(root_.path()).empty());
}

TEST_F(Trash, OfOneNameTheLastDeletedIsRestoredAndATakenPlaceIsNamed) {
  move_to_trash(make("a", "first"), root_.path());
  move_to_trash(make("a", "second"), root_.path());
  EXPECT_EQ(list_trash(root_.path()).size(), 2u);
  EXPECT_EQ(restore_from_trash(root_ / "a", root_.path()), root_ / "a");
  EXPECT_EQ(read_text_file(root_ / "a" / kModelName), "second");
  testing::expect_error<InputError>("already there", [&] { restore_from_trash("a", root_.path()); });
  EXPECT_EQ(read_text_file(root_ / "a" / kModelName), "second") << "nothing was replaced";
  EXPECT_EQ(list_trash(root_.path()).size(), 1u);
}

TEST_F(Trash, ARunInTheTrashKeepsItsNumber) {
  make("a");
  const fs::path b = make("b");
  move_to_trash(b, root_.path());
  EXPECT_EQ(run_number(make("c")), 3) << "b is still number 2";
}

TEST_F(Trash, EmptyingDeletesTheRunsAndNothingElse) {
  const fs::path a = make("a"), b = make("b");
  files::write_file_atomically(b / "my notes.txt", std::string("mine"));
  move_to_trash(a, root_.path());
  const fs::path kept = move_to_trash(b, root_.path());
  const EmptiedTrash emptied = empty_trash(root_.path());
  EXPECT_EQ(emptied.runs, 2);
  ASSERT_EQ(emptied.kept.size(), 1u);
  EXPECT_NE(emptied.kept[0].find("not a run's"), std::string::npos);
  EXPECT_EQ(read_text_file(kept / "my notes.txt"), "mine");
  EXPECT_FALSE(fs::exists(kept / kModelName));
  fs::remove(kept / "my notes.txt");
  fs::remove(kept);
  empty_trash(root_.path());
  EXPECT_FALSE(fs::exists(trash_folder(root_.path())));
}

TEST_F(Trash, ALinkToARunIsMovedAndDeletedAsALink) {
  const testing::TemporaryFolder elsewhere;
  files::write_file_atomically(elsewhere / kModelName, std::string("x"));
  fs::create_directory_symlink(elsewhere.path(), root_ / "link");
  move_to_trash(root_ / "link", root_.path());
  EXPECT_EQ(restore_from_trash(root_ / "link", root_.path()), root_ / "link");
  EXPECT_TRUE(fs::is_symlink(root_ / "link"));
  move_to_trash(root_ / "link", root_.path());
  empty_trash(root_.path());
  EXPECT_TRUE(fs::exists(elsewhere / kModelName));
}

TEST_F(Trash, WhatIsNoRunOfTheFolderIsRefused) {
  const testing::TemporaryFolder elsewhere;
  files::write_file_atomically(elsewhere / kModelName, std::string("x"));
  testing::expect_error<InputError>("not in the runs folder",
                                    [&] { move_to_trash(elsewhere.path(), root_.path()); });
  testing::expect_error<InputError>("holds no run", [&] { move_to_trash(root_ / "none", root_.path()); });
  testing::expect_error<InputError>("not in the trash", [&] { restore_from_trash("none", root_.path()); });
  EXPECT_TRUE(fs::exists(elsewhere / kModelName));
  EXPECT_FALSE(fs::exists(trash_folder(root_.path()))) << "a refusal makes no trash";
}

TEST_F(Trash, ALinkInItsPlaceLeadsNowhere) {
  const testing::TemporaryFolder elsewhere;
  fs::create_directories(elsewhere / "1" / "run");
  files::write_file_atomically(elsewhere / "1" / "run" / kModelName, std::string("x"));
  fs::create_directory_symlink(elsewhere.path(), trash_folder(root_.path()));
  const fs::path run = make("a");
  testing::expect_error<InputError>("is a link", [&] { move_to_trash(run, root_.path()); });
  EXPECT_EQ(empty_trash(root_.path()).runs, 0);
  EXPECT_TRUE(fs::exists(elsewhere / "1" / "run" / kModelName));
  EXPECT_TRUE(fs::exists(run / kModelName));
}

}  // namespace
}  // namespace lf::run
