#include "app/worker_link.h"

#include <utility>

namespace lf::app {

void WorkerLink::start(Session::Factory make_workload, const Session::Options& how) {
  session_ = std::make_unique<Session>(std::move(make_workload), how);
  for (Command& command : std::exchange(early_, {})) send(std::move(command));
}

void WorkerLink::send(Command command) {
  if (!session_) {
    early_.push_back(std::move(command));
    return;
  }
  ++sent_;
  session_->send(std::move(command));
}

bool WorkerLink::settled() const { return session_ ? obeyed_all() || session_->finished() : early_.empty(); }

void WorkerLink::look() {
  if (!session_) return;
  seen_version_ = session_->version();
  shown_obeyed_ = session_->obeyed();  // read before the snapshot, which may know of more
  shown_ = session_->snapshot();
}

}  // namespace lf::app
