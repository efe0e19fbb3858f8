// A start with errors: each part fails separately, and the window continues with the next source
// and says so.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>

#include "base/user_folders.h"
#include "data/mnist.h"
#include "experiment_fixture.h"
#include "files/atomic_write.h"
#include "input_error_of.h"
#include "library/data_loader.h"
#include "scoped_environment.h"

namespace lf::worker {
namespace {

using testing::ScopedEnvironment;

/// One kind of unusable data folder.
struct BadData {
  const char* name;
  std::function<void(const fs::path& folder)> make;
};

void write_text(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

/// The four valid files, of which one is changed.
BadData damaged(const char* name, const std::function<void(const fs::path&)>& change) {
  return {name, [change](const fs::path& folder) {
            fs::create_directories(folder);
            write_small_digits(folder);
            change(folder);
          }};
}

const std::vector<BadData>& kinds_of_bad_data() {
  static const std::vector<BadData> kinds{
      {"no folder", [](const fs::path&) {}},
      {"an empty folder", [](const fs::path& folder) { fs::create_directories(folder); }},
      {"a file", [](const fs::path& folder) { write_text(folder, "digits"); }},
      {"a link in a circle", [](const fs::path& folder) { fs::create_symlink(folder.filename(), folder); }},
      damaged("a missing file", [](const fs::path& f) { fs::remove(f / "t10k-labels-idx1-ubyte"); }),
      damaged("a file cut short",
              [](const fs::path& f) { fs::resize_file(f / "train-images-idx3-ubyte", 999); }),
      damaged("an empty file", [](const fs::path& f) { fs::resize_file(f / "train-labels-idx1-ubyte", 0); }),
      damaged("a folder in a file's place",
              [](const fs::path& f) {
                fs::remove(f / "t10k-images-idx3-ubyte");
                fs::create_directories(f / "t10k-images-idx3-ubyte");
              }),
      damaged("other bytes",
              [](const fs::path& f) { write_text(f / "train-images-idx3-ubyte", "<html>no"); }),
      damaged("gzip cut short",
              [](const fs::path& f) {
                write_text(f / "t10k-images-idx3-ubyte", std::string("\x1f\x8b\x08\0\0\0\0\0\0\3", 10));
              }),
  };
  return kinds;
}

class BadStart : public ExperimentTest {
 protected:
  void SetUp() override {
    ExperimentTest::SetUp();
    fs::create_directories(runs_ / "assets");
    write_small_digits(make(data::mnist_cache_folder()));
  }

  static fs::path make(const fs::path& folder) {
    fs::create_directories(folder);
    return folder;
  }

  ExperimentOptions window() const {
    ExperimentOptions options;
    options.runs = (runs_ / "runs").string();
    options.assets = (runs_ / "assets").string();
    options.preset = "tiny";
    options.falls_back = true;
    return options;
  }
  static ExperimentOptions headless(ExperimentOptions options) {
    options.falls_back = options.previews = false;
    return options;
  }

  /// The window after its start: idle, and able to train.
  static std::unique_ptr<Workload> started(const ExperimentOptions& options) {
    auto workload = make_experiment(options);
    until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Idle; });
    return workload;
  }

  static std::string told(Workload& workload, const std::string& part) {
    for (const Substitute& one : look(workload).notice->substitutes)
      if (one.part == part) return one.text;
    return "";
  }

  /// A run of a few steps in `folder`, with history and gallery beside its model.
  void train_into(const fs::path& folder) {
    const auto workload = start();
    train(*workload, folder.string());
  }

  ScopedEnvironment cache_{
      "LATENTFLOW_CACHE",
      (fs::temp_directory_path() / ("latentflow-test-cache-" + std::to_string(getpid()))).c_str()};
  ScopedEnvironment data_named_{"LATENTFLOW_DATA", nullptr};
  ScopedEnvironment mirrors_{"LATENTFLOW_MIRRORS", "http://127.0.0.1:1/"};
};

TEST_F(BadStart, EveryKindOfBadDataLeadsToTheNextSourceAndIsTold) {
  for (const BadData& kind : kinds_of_bad_data()) {
    SCOPED_TRACE(kind.name);
    const fs::path folder = runs_ / "given";
    fs::remove_all(folder);
    kind.make(folder);
    auto options = window();
    options.data = folder.string();
    const auto workload = started(options);
    const Snapshot now = look(*workload);
    EXPECT_EQ(now.run->dataset_source, data::mnist_cache_folder().string());
    EXPECT_TRUE(
        has(told(*workload, "data"), {folder.string(), data::mnist_cache_folder().string(), "instead"}));
    EXPECT_EQ(now.notice->error, told(*workload, "data"));
    options = headless(options);
    EXPECT_TRUE(has(input_error_of([&] { started(options); }), {folder.string()}));
  }
}

TEST_F(BadStart, TheSourcesAreTriedInTheDocumentedOrder) {
  auto options = window();
  options.data = (runs_ / "nothing").string();
  const fs::path other = make(runs_ / "other");
  write_small_digits(other);
  {
    const ScopedEnvironment named("LATENTFLOW_DATA", other.c_str());
    EXPECT_EQ(look(*started(options)).run->dataset_source, other.string());
  }
  const ScopedEnvironment named("LATENTFLOW_DATA", (runs_ / "nowhere").c_str());
  const auto cached = started(options);
  EXPECT_EQ(look(*cached).run->dataset_source, data::mnist_cache_folder().string());
  EXPECT_TRUE(has(told(*cached, "data"), {"nothing", "nowhere"}));
  fs::remove_all(cache_folder());
  const auto drawn = started(options);
  EXPECT_TRUE(look(*drawn).run->dataset_builtin);
  EXPECT_TRUE(has(told(*drawn, "data"), {"nothing", "nowhere", "the built-in stroke digits are used"}));
}

TEST_F(BadStart, NothingIsDownloadedInPlaceOfANamedFolder) {
  fs::remove_all(cache_folder());
  for (const bool by_option : {true, false}) {
    const ScopedEnvironment named("LATENTFLOW_DATA", by_option ? nullptr : "/no/such/folder");
    library::DataLoader loader(by_option ? "/no/such/folder" : "", true, true);
    while (loader.advance()) {
      EXPECT_FALSE(loader.downloading());
      EXPECT_EQ(loader.message().find("download"), std::string::npos) << loader.message();
    }
    EXPECT_TRUE(loader.take()->builtin);
  }
}

TEST_F(BadStart, ADamagedCacheIsFetchedAnewAndSetAside) {
  if (!data::download_available()) GTEST_SKIP();
  write_text(data::mnist_cache_folder() / "t10k-labels-idx1-ubyte", "damaged");
  const auto workload = started(window());
  EXPECT_TRUE(look(*workload).run->dataset_builtin) << "no mirror answers";
  EXPECT_TRUE(has(told(*workload, "data"), {"t10k-labels-idx1-ubyte", "cannot download", "built-in"}));
  EXPECT_TRUE(fs::exists(data::mnist_cache_folder() / "t10k-labels-idx1-ubyte.unsound")) << "nothing is lost";
}

TEST_F(BadStart, TrainsOnOtherDigitsOnlyWhileThatIsSaid) {
  auto options = window();
  options.data = (runs_ / "nothing").string();
  const auto workload = started(options);
  const auto number = look(*workload).notice->substitutes.at(0).number;
  workload->apply(TrainCommand{"", Budget{0, 4, 0, 0}, "", false, true});
  const Snapshot now = until(*workload, [](const Snapshot& s) { return s.run->flow_step > 0; });
  EXPECT_TRUE(now.run->running);
  EXPECT_TRUE(has(told(*workload, "data"), {"nothing", "instead"}));
  EXPECT_GT(now.notice->substitutes.at(0).number, number) << "who has dismissed it sees it again";
  workload->apply(OpenCommand{data_.string()});
  until(*workload, [](const Snapshot& s) { return s.run->phase != Phase::Loading; });
  EXPECT_EQ(told(*workload, "data"), "");
}

TEST_F(BadStart, EveryKindOfBadModelLeadsToTheShippedOne) {
  train_into(runs_ / "assets");
  write_text(runs_ / "text.safetensors", "this is no model");
  fs::copy(runs_ / "assets" / "model.safetensors", runs_ / "cut.safetensors");
  fs::resize_file(runs_ / "cut.safetensors", 5000);
  make(runs_ / "empty");
  for (const char* name : {"text.safetensors", "cut.safetensors", "empty", "missing.safetensors"}) {
    SCOPED_TRACE(name);
    auto options = window();
    options.model = (runs_ / name).string();
    const auto workload = started(options);
    EXPECT_EQ(look(*workload).run->model, "bundled model");
    EXPECT_TRUE(has(told(*workload, "model"), {name, "the bundled model was opened instead"}));
    EXPECT_TRUE(has(input_error_of([&] { started(headless(options)); }), {name}));
    workload->apply(ShippedCommand{});
    EXPECT_EQ(told(*workload, "model"), "") << "another model was chosen";
  }
}

TEST_F(BadStart, WithoutAnyModelTheDigitsAreReadNevertheless) {
  write_text(runs_ / "assets" / "model.safetensors", "damaged");
  auto options = window();
  options.model = (runs_ / "missing").string();
  const auto workload = started(options);
  const Snapshot now = look(*workload);
  EXPECT_EQ(now.run->model, "");
  EXPECT_EQ(now.run->dataset_source, data::mnist_cache_folder().string());
  EXPECT_TRUE(has(told(*workload, "model"), {"missing", "model.safetensors", "no other model"}));
  EXPECT_EQ(until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Idle; }).run->model, "");
}

TEST_F(BadStart, DamagedPartsOfAModelAreLeftOut) {
  train_into(runs_ / "run");
  write_text(runs_ / "run" / "history.csv", "phase,step\nflow,one\n");
  write_text(runs_ / "run" / "gallery.safetensors", "damaged");
  write_text(runs_ / "assets" / "judge.safetensors", "damaged");
  auto options = window();
  options.model = (runs_ / "run").string();
  const auto workload = started(options);
  const Snapshot now = look(*workload);
  EXPECT_EQ(now.run->model, "run");
  EXPECT_TRUE(now.loss->flow_train.step.empty());
  EXPECT_TRUE(has(told(*workload, "history"), {"history.csv", "without its curves"}));
  EXPECT_TRUE(has(told(*workload, "gallery"), {"gallery.safetensors", "without its stored images"}));
  EXPECT_TRUE(has(told(*workload, "judge"), {"judge.safetensors", "nothing is scored"}));
  EXPECT_EQ(told(*workload, "data"), "");
  // A command line opens the model as well, and warns.
  const auto line = started(headless(options));
  EXPECT_EQ(look(*line).run->model, "run");
  EXPECT_NE(told(*line, "history"), "");
  EXPECT_EQ(look(*line).notice->errors, 0u);
}

TEST_F(BadStart, AnOpenedFolderThatCannotBeReadChangesNothing) {
  auto options = window();
  options.data = data_.string();
  const auto workload = started(options);
  workload->apply(TrainCommand{"", Budget{0, 4000, 0, 0}, "", false, true});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step > 2; });
  const fs::path bad = make(runs_ / "bad");
  write_small_digits(bad);
  fs::resize_file(bad / "t10k-images-idx3-ubyte", 100);
  workload->apply(OpenCommand{bad.string()});
  workload->apply(TrainCommand{"", Budget{0, 4, 0, 0}, "", false, true});
  const Snapshot now = until(*workload, [](const Snapshot& s) { return s.run->phase != Phase::Loading; });
  EXPECT_EQ(now.run->dataset_source, data_.string());
  EXPECT_TRUE(now.run->running) << "the run that was training goes on";
  EXPECT_GT(now.run->flow_total, 1000) << "and the one that was meant for other digits is not begun";
  EXPECT_EQ(now.run->commands_waiting, 0);
  EXPECT_TRUE(has(told(*workload, "open"), {"t10k-images-idx3-ubyte", data_.string(), "stays in use"}));
  const auto strict = started(headless(options));
  strict->apply(OpenCommand{bad.string()});
  EXPECT_TRUE(has(input_error_of([&] {
                    for (int i = 0; i < 9; ++i) strict->advance();
                  }),
                  {"t10k-images-idx3-ubyte"}));
}

TEST_F(BadStart, OtherDigitsPutTheRunAway) {
  auto options = window();
  options.data = data_.string();
  const auto workload = started(options);
  workload->apply(TrainCommand{"", Budget{0, 4000, 0, 0}, (runs_ / "own").string(), false, true});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step > 2; });
  workload->apply(ResetCommand{});
  workload->apply(UndoResetCommand{});
  const fs::path other = make(runs_ / "other");
  write_small_digits(other);
  files::write_file_atomically(other / "train-labels-idx1-ubyte",
                               files::make_idx_labels(small_digits(640, 200).test));
  fs::remove(other / "train-images-idx3-ubyte");
  files::write_file_atomically(other / "train-images-idx3-ubyte",
                               files::make_idx_images(small_digits(640, 200).test));
  workload->apply(OpenCommand{other.string()});
  Snapshot now = until(*workload, [](const Snapshot& s) { return s.run->phase != Phase::Loading; });
  EXPECT_EQ(now.run->dataset_source, other.string());
  EXPECT_FALSE(now.run->running || now.run->resumable) << "a run goes on with its own digits only";
  EXPECT_EQ(now.run->model, "own") << "its model stays in sight";
  EXPECT_FALSE(now.loss->flow_train.step.empty());
  EXPECT_TRUE(fs::exists(runs_ / "own" / "checkpoint.safetensors")) << "and it is saved";
  workload->apply(TrainCommand{"", Budget{0, 4, 0, 0}, "", false, false});
  now = until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_EQ(now.run->train_count, 200);
  EXPECT_NE(now.run->model, "own");
}

TEST_F(BadStart, WhatIsAskedForBeforeTheStartIsNotReplacedByIt) {
  train_into(runs_ / "assets");
  train_into(runs_ / "run");
  const auto workload = make_experiment(window());
  workload->apply(OpenCommand{data_.string()});
  workload->apply(OpenCommand{(runs_ / "run").string()});
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Idle; });
  EXPECT_EQ(look(*workload).run->model, "run");
  EXPECT_EQ(look(*workload).run->dataset_source, data_.string());
  const auto other = make_experiment(window());
  write_small_digits(make(runs_ / "bad"));
  fs::resize_file(runs_ / "bad" / "t10k-images-idx3-ubyte", 100);
  other->apply(OpenCommand{(runs_ / "bad").string()});
  until(*other, [](const Snapshot& s) { return s.run->phase == Phase::Idle; });
  EXPECT_EQ(look(*other).run->model, "bundled model");
  EXPECT_EQ(look(*other).run->dataset_source, data::mnist_cache_folder().string()) << "the start goes on";
  EXPECT_TRUE(has(told(*other, "open"), {"t10k-images-idx3-ubyte", "are used instead"}));
}

}  // namespace
}  // namespace lf::worker
