#ifdef LF_HAVE_CURL
#include "data/transfer.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <mutex>

#include "messages/errors.h"

namespace lf {

using Clock = std::chrono::steady_clock;

struct Transfer::Curl {
  CURLM* multi = nullptr;
  CURL* easy = nullptr;
  std::ofstream out;
  uint64_t start = 0, received = 0, limit = 0;
  TransferLimits patience;
  Clock::time_point last_byte = Clock::now();
  bool disk_failed = false, too_large = false, range_refused = false;
  std::string why;
};

namespace {

/// libcurl's own start is not safe from two threads at once.
void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

/// curl hands over what arrived; returning less than n ends the transfer.
template <class State>
size_t store(char* data, size_t size, size_t count, void* state) {
  auto& curl = *static_cast<State*>(state);
  const size_t n = size * count;
  curl.too_large = curl.start + curl.received + n > curl.limit;
  if (curl.too_large) return 0;
  curl.out.write(data, std::streamsize(n));
  curl.disk_failed = !curl.out;
  if (curl.disk_failed) return 0;
  curl.received += n;
  curl.last_byte = Clock::now();
  return n;
}

void restrict_to_web(CURL* easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS, long(CURLPROTO_HTTP | CURLPROTO_HTTPS));
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS, long(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(easy, CURLOPT_MAXREDIRS, 5L);
}

void set_patience(CURL* easy, const TransferLimits& limits) {
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, long(limits.connect_seconds));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);  // time-outs without signals: this is one thread of several
  curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);  // an error page is not the file
}

/// What went wrong, in words for people.
std::string reason(CURL* easy, CURLcode code) {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_HTTP_RETURNED_ERROR) return "the server answered HTTP " + std::to_string(status);
  if (code == CURLE_PARTIAL_FILE) return "the connection closed before the file was complete";
  if (code == CURLE_OPERATION_TIMEDOUT) return "no answer in time (stalled)";
  if (code == CURLE_RANGE_ERROR) return "the server cannot continue a partial download";
  return curl_easy_strerror(code);
}

}  // namespace

Transfer::Transfer(const std::string& url, const std::filesystem::path& part, const TransferLimits& limits)
    : curl_(std::make_unique<Curl>()) {
  start_curl();
  std::error_code none;
  const auto size = std::filesystem::file_size(part, none);
  curl_->start = none ? 0 : size;
  curl_->limit = limits.max_file_bytes;
  curl_->patience = limits;
  curl_->out.open(part, std::ios::binary | std::ios::app);
  if (!curl_->out) throw RunError("cannot write '" + part.string() + "': choose a place you may write to");
  curl_->multi = curl_multi_init();
  curl_->easy = curl_easy_init();
  if (!curl_->multi || !curl_->easy) throw RunError("cannot download: libcurl did not start");
  CURL* easy = curl_->easy;
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "latentflow");
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, store<Curl>);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, curl_.get());
  if (curl_->start > 0) curl_easy_setopt(easy, CURLOPT_RESUME_FROM_LARGE, curl_off_t(curl_->start));
  restrict_to_web(easy);
  set_patience(easy, limits);
  curl_multi_add_handle(curl_->multi, easy);
}

Transfer::~Transfer() {
  if (curl_->easy && curl_->multi) curl_multi_remove_handle(curl_->multi, curl_->easy);
  if (curl_->easy) curl_easy_cleanup(curl_->easy);
  if (curl_->multi) curl_multi_cleanup(curl_->multi);
}

/// Our own clock: libcurl's low-speed limit averages over several seconds and so ends a stall late.
Transfer::Result Transfer::check_patience() {
  const TransferLimits& patience = curl_->patience;
  const int first = std::max(patience.connect_seconds, patience.stall_seconds);
  const int allowed = curl_->received > 0 ? patience.stall_seconds : first;
  if (Clock::now() - curl_->last_byte < std::chrono::seconds(allowed)) return Result::kMore;
  curl_->out.close();
  curl_->why = "no bytes for " + std::to_string(allowed) + " seconds (stalled)";
  return Result::kFailed;
}

Transfer::Result Transfer::poll(int max_ms) {
  int running = 0, left = 0;
  curl_multi_perform(curl_->multi, &running);
  if (running > 0) {
    curl_multi_poll(curl_->multi, nullptr, 0, max_ms, nullptr);
    curl_multi_perform(curl_->multi, &running);
  }
  const CURLMsg* message = curl_multi_info_read(curl_->multi, &left);
  if (!message || message->msg != CURLMSG_DONE) return check_patience();
  const CURLcode code = message->data.result;
  curl_->out.close();
  curl_->disk_failed = curl_->disk_failed || !curl_->out;
  if (curl_->disk_failed) {
    throw RunError("cannot save the download: the disk is full or not writable; free some space");
  }
  if (code == CURLE_OK) return Result::kDone;
  curl_->range_refused = code == CURLE_RANGE_ERROR;
  curl_->why = curl_->too_large ? "the file is larger than " + std::to_string(curl_->limit) + " bytes"
                                : reason(curl_->easy, code);
  return Result::kFailed;
}

uint64_t Transfer::bytes() const { return curl_->start + curl_->received; }

uint64_t Transfer::expected_bytes() const {
  curl_off_t length = -1;
  curl_easy_getinfo(curl_->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  return length > 0 ? curl_->start + uint64_t(length) : 0;
}

bool Transfer::resumed() const { return curl_->start > 0; }
bool Transfer::range_refused() const { return curl_->range_refused; }
const std::string& Transfer::why() const { return curl_->why; }

}  // namespace lf
#endif
