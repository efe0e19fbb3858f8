#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "data/download.h"
#include "data/stroke_digits.h"
#include "files/atomic_write.h"
#include "files/idx/idx.h"
#include "files/sha256.h"
#include "make_gzip.h"
#include "mirror_server.h"
#include "temporary_folder.h"

namespace lf::testing {

/// A small data set on a local server, and a download plan for exactly its files.
class DownloadTest : public ::testing::Test {
 protected:
  DownloadTest() : folder_(), data_(data::make_stroke_digits(200, 50, 4)) {
    if (!data::download_available()) return;
    std::filesystem::create_directories(folder_ / "served");
    const std::vector<uint8_t> contents[4] = {
        files::make_idx_images(data_.train), files::make_idx_labels(data_.train),
        files::make_idx_images(data_.test), files::make_idx_labels(data_.test)};
    for (size_t i = 0; i < 4; ++i) {
      const auto packed = make_gzip(contents[i]);
      plan_.files[i] = {data::mnist_files()[i].name, files::sha256_hex(contents[i]), packed.size(),
                        contents[i].size()};
      files::write_file_atomically(folder_ / "served" / (plan_.files[i].name + ".gz"), packed);
    }
    plan_.folder = folder_ / "cache/mnist";
    plan_.stall_seconds = 1;
    server_ = std::make_unique<MirrorServer>(folder_ / "served", folder_ / "log");
  }
  void SetUp() override {
    if (!data::download_available()) GTEST_SKIP() << "built without libcurl";
  }

  void use(std::initializer_list<const char*> behaviours) {
    plan_.mirrors.clear();
    for (const char* behaviour : behaviours) plan_.mirrors.push_back(server_->url(behaviour));
  }
  /// Runs a download to its end.
  data::DownloadProgress run() {
    data::Download download(plan_);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (download.poll(50) && std::chrono::steady_clock::now() < deadline) {
    }
    return download.progress();
  }
  void expect_complete() {
    const files::Dataset loaded = data::load_idx_folder(plan_.folder);
    EXPECT_EQ(loaded.digest, data_.digest);
    size_t entries = 0;
    for (const auto& entry : std::filesystem::directory_iterator(plan_.folder))
      entries += entry.is_regular_file();
    EXPECT_EQ(entries, 4u) << "nothing but the four files stays";
  }
  std::filesystem::path part(size_t i) const { return plan_.folder / (plan_.files[i].name + ".gz.part"); }
  size_t requests_of(const std::string& text) const {
    size_t n = 0;
    const std::string all = server_->requests();
    for (size_t at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) ++n;
    return n;
  }

  TemporaryFolder folder_;
  files::Dataset data_;
  data::DownloadPlan plan_;
  std::unique_ptr<MirrorServer> server_;
};

}  // namespace lf::testing
