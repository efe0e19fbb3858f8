#include "worker/context.h"

#include "base/errors.h"
#include "parallel/thread_count.h"

namespace lf::worker {

void WorkerContext::require_model(const std::string& what) const {
  if (!work.model) throw InputError(what + " needs a model; train one or open one first");
}

training::Accelerator* WorkerContext::accelerator_for(const Settings& wanted) {
  const std::string& device = wanted.general.device;
  const std::string& coupling = wanted.flow.coupling;
  if (device == "cuda" && coupling != "independent")
    throw InputError(
        "device cuda: the coupling " + coupling +
        " pairs digits on the processor; set device to auto or cpu, or flow.coupling to independent");
  if (device == "cpu" || coupling != "independent") return nullptr;
  if (!accelerator) accelerator = library::open_accelerator();
  if (device == "cuda" && !accelerator->device)
    throw InputError("device cuda: " + accelerator->reason +
                     "; --device auto or cpu trains on the processor");
  return accelerator->device.get();
}

void WorkerContext::set_threads(const Settings& wanted) {
  const parallel::ThreadCount threads = parallel::set_thread_count(static_cast<int>(wanted.general.threads));
  if (threads.granted < threads.wanted)
    publisher.log(LogLevel::Warning, "threads: " + std::to_string(threads.granted) + " instead of " +
                                         std::to_string(threads.wanted) + ", because no more are granted (" +
                                         threads.reason + ")");
}

}  // namespace lf::worker
