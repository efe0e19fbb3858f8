// The classes of a data set.
#pragma once

#include <array>

namespace lf {

/// Labels are 0 … kClasses − 1: the ten digits.
inline constexpr int kClasses = 10;
/// The label that stands for no class: unconditional, hidden or unknown.
inline constexpr int kNoClass = kClasses;

/// A value for each class.
template <class T>
using ByClass = std::array<T, kClasses>;

}  // namespace lf
