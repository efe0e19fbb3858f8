// The table of trajectories reproduces the images: its last states, decoded, are the written
// digits.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/image_shape.h"
#include "files/tensors/npy.h"
#include "jobs/job.h"
#include "kernels/arithmetic.h"
#include "random_model.h"
#include "sliced_work.h"
#include "small_digits.h"

namespace lf::preview {
namespace {

/// All numbers of a CSV without its first line, row by row.
std::vector<std::vector<double>> file_numbers_of(const std::filesystem::path& path, std::string& head) {
  std::ifstream file(path);
  std::getline(file, head);
  std::vector<std::vector<double>> rows;
  for (std::string line; std::getline(file, line);) {
    rows.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');)
      rows.back().push_back(std::strtod(cell.c_str(), nullptr));
  }
  return rows;
}

TEST(SampleTrajectory, OfSixteenDigitsReproducesTheirPictures) {
  const auto folder = fresh_folder("trajectory");
  const auto model = random_model();
  SampleCommand command;
  command.count = 16;
  command.out = folder / "x.npy";
  command.trajectory = folder / "t.csv";
  auto job = jobs::make_sample_job(*model, command);
  complete_watched(*job);
  const JobResult result = job->finish();
  EXPECT_EQ(result.paths, (std::vector<std::string>{command.out, command.trajectory}));
  std::string head;
  const auto rows = file_numbers_of(folder / "t.csv", head);
  EXPECT_EQ(head.substr(0, 24), "digit,label,step,t,z0,z1");
  ASSERT_EQ(rows.size(), 16u * 9) << "Euler, 8 steps: 9 states each";
  at::Tensor last = at::zeros({16, 64});
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 68u);
    EXPECT_EQ(row[1], static_cast<int>(row[0]) % 10);
    EXPECT_NEAR(row[3], row[2] / 8, 1e-12);
    if (row[2] != 8) continue;
    for (int64_t d = 0; d < 64; ++d) last[static_cast<int64_t>(row[0])][d] = row[static_cast<size_t>(4 + d)];
  }
  // In the arithmetic of the sampling: a fixed-step solver uses that of the model.
  const at::Tensor pixels =
      inference::decode_pixels(*model, last, kernels::arithmetic_for(model->settings.general.arithmetic))
          .contiguous();
  std::ifstream file(folder / "x.npy", std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  const std::string bytes = all.str();
  ASSERT_GT(bytes.size(), 16u * kDigitPixels);
  EXPECT_EQ(
      std::memcmp(bytes.data() + bytes.size() - 16 * kDigitPixels, pixels.data_ptr(), 16 * kDigitPixels), 0);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace lf::preview
