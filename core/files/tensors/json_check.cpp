#include "files/tensors/json_check.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace lf::files {
namespace {

/// Receives the text's parts one by one.
class Checker : public nlohmann::json_sax<nlohmann::json> {
 public:
  Checker(int deepest, int levels, const std::function<void(const std::string&)>& refuse)
      : deepest_(deepest), refuse_(refuse), seen_(static_cast<size_t>(levels)) {}

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(size_t) override { return open(); }
  bool start_array(size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  bool key(string_t& name) override {
    const auto level = static_cast<size_t>(level_ - 1);
    if (level < seen_.size() && !seen_[level].insert(name).second) refuse_("it names '" + name + "' twice");
    return true;
  }

 private:
  bool open() {
    if (level_ > deepest_) refuse_("it is damaged (lists within lists)");
    if (static_cast<size_t>(level_) < seen_.size()) seen_[static_cast<size_t>(level_)].clear();
    ++level_;
    return true;
  }
  bool close() {
    --level_;
    return true;
  }

  int deepest_, level_ = 0;
  const std::function<void(const std::string&)>& refuse_;
  std::vector<std::set<std::string>> seen_;  ///< names of the open objects, by level
};

}  // namespace

void check_json(const std::string& text, int deepest, int levels,
                const std::function<void(const std::string& why)>& refuse) {
  Checker checker(deepest, levels, refuse);
  nlohmann::json::sax_parse(text, &checker);
}

}  // namespace lf::files
