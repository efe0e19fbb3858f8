#include "session/start_thread.h"

#include <system_error>
#include <utility>

#include "base/errors.h"

namespace lf {

std::thread start_thread(const std::string& name, std::function<void()> work) {
  try {
    return std::thread(std::move(work));
  } catch (const std::system_error& error) {
    throw RunError("the thread of " + name + " cannot be started (" + error.code().message() +
                   "); end other programs, or allow this user more processes (ulimit -u)");
  }
}

}  // namespace lf
