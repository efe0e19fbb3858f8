#pragma once
#include <functional>
#include <string>
#include <thread>

namespace lf {

/// A thread that does `work`. Throws RunError where the system makes no more threads for this process; `name`
/// ("the worker") says which one is missing.
std::thread start_thread(const std::string& name, std::function<void()> work);

}  // namespace lf
