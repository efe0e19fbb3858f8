// Folder listings for the window's file panel: the UI thread itself never reads a folder.
#pragma once

#include <memory>
#include <string>

#include "protocol/snapshot.h"

namespace lf::run {

/// The folders, models, runs, data sets and images in `path` ("" is the home folder). Problems are
/// reported in the block.
std::shared_ptr<const BrowseBlock> list_folder(const std::string& path);

}  // namespace lf::run
