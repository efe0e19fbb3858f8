#ifdef LF_HAVE_CURL
#include "data/transfer.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <mutex>

#include "base/errors.h"

namespace lf::data {

using Clock = std::chrono::steady_clock;

struct Transfer::Curl {
  CURLM* multi = nullptr;
  CURL* easy = nullptr;
  PartFile* part = nullptr;
  uint64_t start = 0, received = 0, header_bytes = 0;
  TransferLimits limits;
  uint64_t counted = 0;  ///< `received` when the rate was last high enough
  Clock::time_point counted_at = Clock::now();
  bool too_large = false, part_useless = false;
  std::string disk_error, why;

  uint64_t enough() const { return Transfer::kSlowest * uint64_t(limits.stall_seconds); }
};

namespace {

/// Of all answers together; five redirects take a few thousand bytes.
constexpr uint64_t kMaxHeaders = 64 << 10;
constexpr long kMaxRedirects = 5;

/// libcurl's initialisation is not thread-safe.
void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

/// curl passes the received bytes; returning less than n ends the transfer.
template <class State>
size_t store(char* data, size_t size, size_t count, void* state) {
  auto& curl = *static_cast<State*>(state);
  const size_t n = size * count;
  curl.too_large = curl.start + curl.received + n > curl.limits.max_file_bytes;
  if (curl.too_large) return 0;
  try {
    curl.part->append(data, n);
  } catch (const std::exception& error) {  // which must not pass through C
    curl.disk_error = error.what();
    return 0;
  }
  curl.received += n;
  if (curl.received - curl.counted >= curl.enough()) {
    curl.counted = curl.received;
    curl.counted_at = Clock::now();
  }
  return n;
}

/// Headers are not used, but libcurl stores them, and a server may never end them.
template <class State>
size_t count_header(char*, size_t size, size_t count, void* state) {
  auto& curl = *static_cast<State*>(state);
  curl.header_bytes += size * count;
  return curl.header_bytes > kMaxHeaders ? 0 : size * count;
}

/// A request over TLS must not be answered without TLS.
void restrict_to_web(CURL* easy, bool secure) {
#if LIBCURL_VERSION_NUM >= 0x075500
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
#else
  const long both = CURLPROTO_HTTP | CURLPROTO_HTTPS;
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS, both);
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS, secure ? long(CURLPROTO_HTTPS) : both);
#endif
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(easy, CURLOPT_MAXREDIRS, kMaxRedirects);
}

void set_limits(CURL* easy, const TransferLimits& limits) {
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(limits.max_file_bytes));
  if (!limits.certificates.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, limits.certificates.c_str());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, long(limits.connect_seconds));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);     // time-outs without signals: there are several threads
  curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);  // an error page is not the file
}

/// One header line is longer than libcurl allows (100 kB), which older versions report as a lack of
/// memory.
bool header_too_long(CURLcode code) {
#if LIBCURL_VERSION_NUM >= 0x080600
  if (code == CURLE_TOO_LARGE) return true;
#endif
  return code == CURLE_OUT_OF_MEMORY;
}

/// The reason of a failure, for display.
std::string reason(CURL* easy, CURLcode code) {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  const bool redirected = status / 100 == 3;
  if (code == CURLE_UNSUPPORTED_PROTOCOL) {
    return redirected ? "it redirects to another protocol, which is not followed" : "its answer is not HTTP";
  }
  if (code == CURLE_TOO_MANY_REDIRECTS) {
    return "it redirects more than " + std::to_string(kMaxRedirects) + " times";
  }
  if (code == CURLE_HTTP_RETURNED_ERROR) return "the server answered HTTP " + std::to_string(status);
  if (code == CURLE_PARTIAL_FILE) return "the connection closed before the file was complete";
  if (code == CURLE_OPERATION_TIMEDOUT) return "no answer in time (stalled)";
  if (code == CURLE_RANGE_ERROR) return "the server cannot continue a partial download";
  return curl_easy_strerror(code);
}

}  // namespace

Transfer::Transfer(const std::string& url, PartFile& part, const TransferLimits& limits)
    : curl_(std::make_unique<Curl>()) {
  start_curl();
  curl_->part = &part;
  curl_->start = part.size();
  curl_->limits = limits;
  curl_->multi = curl_multi_init();
  curl_->easy = curl_easy_init();
  if (!curl_->multi || !curl_->easy) throw RunError("cannot download: libcurl did not start");
  CURL* easy = curl_->easy;
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "latentflow");
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, store<Curl>);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, curl_.get());
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, count_header<Curl>);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, curl_.get());
  if (curl_->start > 0) curl_easy_setopt(easy, CURLOPT_RESUME_FROM_LARGE, curl_off_t(curl_->start));
  restrict_to_web(easy, url.rfind("https://", 0) == 0);
  set_limits(easy, limits);
  curl_multi_add_handle(curl_->multi, easy);
}

Transfer::~Transfer() {
  if (curl_->easy && curl_->multi) curl_multi_remove_handle(curl_->multi, curl_->easy);
  if (curl_->easy) curl_easy_cleanup(curl_->easy);
  if (curl_->multi) curl_multi_cleanup(curl_->multi);
}

/// Our own clock: libcurl's low-speed limit averages over several seconds and so detects a stall
/// late. A trickle is a stall too, otherwise one byte per second would be accepted for months.
Transfer::Result Transfer::check_patience() {
  const TransferLimits& limits = curl_->limits;
  const int first = std::max(limits.connect_seconds, limits.stall_seconds);
  const int allowed = curl_->received > 0 ? limits.stall_seconds : first;
  if (Clock::now() - curl_->counted_at < std::chrono::seconds(allowed)) return Result::kMore;
  const uint64_t some = curl_->received - curl_->counted;
  curl_->why = (some > 0 ? "fewer than " + std::to_string(curl_->enough()) : std::string("no")) +
               " bytes in " + std::to_string(allowed) + " seconds (stalled)";
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
  if (!curl_->disk_error.empty()) throw RunError(curl_->disk_error);
  const CURLcode code = message->data.result;
  return code == CURLE_OK ? Result::kDone : fail(int(code));
}

Transfer::Result Transfer::fail(int code) {
  const bool too_large = curl_->too_large || code == CURLE_FILESIZE_EXCEEDED;
  curl_->part_useless = too_large || code == CURLE_RANGE_ERROR;
  if (too_large) {
    curl_->why = "the file is larger than " + std::to_string(curl_->limits.max_file_bytes) + " bytes";
  } else if (curl_->header_bytes > kMaxHeaders || header_too_long(CURLcode(code))) {
    curl_->why = "its headers are larger than " + std::to_string(kMaxHeaders) + " bytes";
  } else {
    curl_->why = reason(curl_->easy, CURLcode(code));
  }
  return Result::kFailed;
}

bool Transfer::resumed() const { return curl_->start > 0; }
bool Transfer::part_useless() const { return curl_->part_useless; }
const std::string& Transfer::why() const { return curl_->why; }

}  // namespace lf::data
#endif
