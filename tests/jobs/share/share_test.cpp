// `share`: the page of a run, of a model, and of damaged ones.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "data/batches.h"
#include "expect_error.h"
#include "experiment_fixture.h"
#include "files/atomic_write.h"
#include "files/base64.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "jobs/job.h"
#include "random_model.h"
#include "run/list/label.h"
#include "sliced_work.h"
#include "temporary_folder.h"

namespace lf::jobs {
namespace {

class ShareJobTest : public ::testing::Test {
 protected:
  ShareJobTest() {
    model->data_name = "MNIST";
    model->flow_steps = 10;
    std::filesystem::create_directory(folder / "a run");
    inference::save_model(*model, file("a run/model.safetensors"));
    write("a run/report.json",
          R"({"reproduce": "latentflow train --set autoencoder=/anywhere/vae.safetensors"})");
  }
  std::string file(const std::string& name) const { return (folder / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    files::write_file_atomically(folder / name, text);
  }
  JobResult share(const std::string& run, const std::string& out = "x.html") const {
    const auto job = make_share_job(ShareCommand{file(run), file(out), 5});
    complete_watched(*job);
    return job->finish();
  }
  std::string page(const std::string& name = "x.html") const {
    std::ifstream stream(folder / name);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  nlohmann::json data() const {
    const std::string text = page(), mark = "id=\"content\">";
    const size_t start = text.find(mark) + mark.size();
    return nlohmann::json::parse(text.substr(start, text.find("</script>", start) - start));
  }
  bool holds(const std::string& part) const { return page().find(part) != std::string::npos; }

  testing::TemporaryFolder folder;
  std::unique_ptr<inference::Model> model = random_model();
};

TEST_F(ShareJobTest, APageHoldsTheSamplesOfTheModelAndNoFolder) {
  const JobResult made = share("a run");
  EXPECT_EQ(made.paths, std::vector<std::string>{file("x.html")});
  EXPECT_FALSE(holds(folder.path().string()));
  EXPECT_FALSE(holds("/anywhere"));
  EXPECT_TRUE(holds("autoencoder=vae.safetensors"));
  model->settings.set("arithmetic", "float32");
  const at::Tensor expected = inference::sample_pixels(*model, inference::cycled_labels(0, 10, -1),
                                                       inference::sample_options(model->settings),
                                                       inference::latent_noise(5, Purpose::Sample, 0, 10));
  EXPECT_EQ(data().at("samples"), files::base64(data::image_sheet(expected).bytes));
  EXPECT_EQ(data().at("network").at("width"), 32);
}

TEST_F(ShareJobTest, MarksBecomeATimeLapseAndTheirAbsenceIsExplained) {
  share("a run");
  EXPECT_TRUE(holds("kept no marks"));
  EXPECT_TRUE(holds("only a run keeps them"));
  EXPECT_TRUE(holds("has not been scored"));
  run::Marks marks(folder / "a run");
  for (const int64_t step : {0, 4, 10}) {
    model->flow_steps = step;
    marks.keep(*model);
  }
  share("a run");
  EXPECT_EQ(data().at("lapse").at("steps"), nlohmann::json({0, 4, 10}));
  EXPECT_FALSE(holds("kept no marks"));
  EXPECT_LT(page().size(), 4'000'000u);
}

TEST_F(ShareJobTest, LabelsAreEscaped) {
  run::write_label(folder / "a run", {"</script><!-- x", "a \"note\" & <b>", {"<i>"}, false});
  share("a run");
  EXPECT_TRUE(holds("<h1>&lt;/script&gt;&lt;!-- x</h1>"));
  EXPECT_FALSE(holds("<!--"));
  EXPECT_FALSE(holds("<b>"));
  EXPECT_FALSE(holds("<i>"));
}

TEST_F(ShareJobTest, OtherNetworksAreRefusedInThePageAndInTheResult) {
  inference::save_model(*random_model("dit"), file("dit.safetensors"));
  const JobResult made = share("dit.safetensors");
  EXPECT_TRUE(holds("this model has dit with conv-24-48-48"));
  EXPECT_FALSE(data().contains("network"));
  ASSERT_EQ(made.table.size(), 2u);
  EXPECT_EQ(made.table[1].rfind("note: The network does not run in this page", 0), 0u) << made.table[1];
  Settings wide;
  wide.flow.width = 256;
  inference::save_model(*inference::make_model(wide), file("wide.safetensors"));
  share("wide.safetensors");
  EXPECT_TRUE(holds("a page holds at most 1,500,000"));
}

TEST_F(ShareJobTest, DamagedPartsAreLeftOutAndDamagedRunsRefused) {
  write("a run/history.csv", "no history");
  write("a run/gallery.safetensors", "no gallery");
  const JobResult made = share("a run");
  EXPECT_EQ(made.table.size(), 3u);
  EXPECT_TRUE(holds("curves are damaged"));
  EXPECT_TRUE(holds("reconstructions are damaged"));
  write("a run/model.safetensors", "short");
  testing::expect_error<InputError>("model.safetensors", [&] { share("a run", "y.html"); });
  std::filesystem::create_directory(folder / "empty");
  testing::expect_error<InputError>("holds no run", [&] { share("empty", "y.html"); });
  testing::expect_error<InputError>("nothing here", [&] { share("nothing here", "y.html"); });
  testing::expect_error<InputError>("must end in .html", [&] { share("a run", "y.pdf"); });
  EXPECT_FALSE(std::filesystem::exists(folder / "y.html"));
}

TEST_F(ShareJobTest, AFolderThatIsMissingIsOneLine) {
  testing::expect_error<RunError>("missing/x.html", [&] { share("a run", "missing/x.html"); });
}

using SharedRunTest = ExperimentTest;

TEST_F(SharedRunTest, TheCurrentRunIsSavedFirst) {
  const auto workload = start();
  const std::string run = (runs_ / "now").string(), out = (runs_ / "now.html").string();
  train(*workload, run);
  workload->apply(ShareCommand{"", out});
  until(*workload, [](const Snapshot& s) {
    return !s.results->results.empty() && s.results->results.back().verb == "share";
  });
  std::ifstream stream(out);
  const std::string page{std::istreambuf_iterator<char>(stream), {}};
  EXPECT_NE(page.find("<h1>now</h1>"), std::string::npos);
  EXPECT_NE(page.find("latentflow train --preset"), std::string::npos);  // of its report
  EXPECT_EQ(page.find("There are no training curves"), std::string::npos);
}

}  // namespace
}  // namespace lf::jobs
