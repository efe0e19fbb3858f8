// Name and version of the program, as its messages and files state them.
#pragma once

namespace lf {

inline constexpr const char* kProgramName = "Latent Flow Explorer";
/// Kept equal to project(VERSION) of the root CMakeLists.txt (the CLI room's build checks it).
inline constexpr const char* kProgramVersion = "0.1.0";

}  // namespace lf
