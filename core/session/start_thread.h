// Starts a thread; if that fails, the error is one that a user understands.
#pragma once
#include <functional>
#include <string>
#include <thread>

namespace lf {

/// A thread that runs `work`. Throws RunError if the system creates no more threads for this
/// process; `name` ("the worker") says which one is missing.
std::thread start_thread(const std::string& name, std::function<void()> work);

}  // namespace lf
