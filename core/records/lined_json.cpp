#include "records/lined_json.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "base/typed_text.h"

namespace lf::records {
namespace {

constexpr size_t kMostLevels = 16;

/// Iterates over a text and notes how much of it the parser has read.
class NotedIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  NotedIterator(const char* at, const char** read) : at_(at), read_(read) {}
  reference operator*() const { return *at_; }
  NotedIterator& operator++() {
    *read_ = ++at_;
    return *this;
  }
  NotedIterator operator++(int) {
    NotedIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const NotedIterator& other) const { return at_ == other.at_; }
  bool operator!=(const NotedIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** read_;
};

/// Builds the tree from the parser's events.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder(const std::string& text, std::string file)
      : file_(std::move(file)), read_(text.data()), counted_(text.data()) {}

  NotedIterator iterator(const char* at) { return {at, &read_}; }
  LinedJson take() { return std::move(root_); }

  bool null() override { return add({}); }
  bool boolean(bool on) override {
    LinedJson value;
    value.kind = LinedJson::Kind::Switch;
    value.on = on;
    return add(std::move(value));
  }
  bool number_integer(number_integer_t number) override { return add_number(static_cast<double>(number)); }
  bool number_unsigned(number_unsigned_t number) override { return add_number(static_cast<double>(number)); }
  bool number_float(number_float_t number, const string_t&) override { return add_number(number); }
  bool string(string_t& text) override {
    LinedJson value;
    value.kind = LinedJson::Kind::Text;
    value.text = text;
    return add(std::move(value));
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(size_t) override { return open(LinedJson::Kind::Object); }
  bool start_array(size_t) override { return open(LinedJson::Kind::List); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    const LinedJson& object = *open_.back();
    if (object.find(name)) refuse("'" + shown(name) + "' is given twice; remove one");
    key_ = name;
    return true;
  }
  bool parse_error(size_t, const std::string&, const nlohmann::json::exception& error) override {
    const std::string what = error.what();
    const size_t reason = what.rfind("; ");
    refuse("this is not JSON" + (reason == std::string::npos ? "" : " (" + what.substr(reason + 2) + ")") +
           "; check commas, quotes and brackets");
  }

 private:
  /// The line of the token that was read last; the parser may have read one character more.
  int line() {
    for (; counted_ + 1 < read_; ++counted_) line_ += *counted_ == '\n';
    return line_;
  }
  [[noreturn]] void refuse(const std::string& why) {
    throw InputError(file_ + ", line " + std::to_string(line()) + ": " + why);
  }
  LinedJson* place(LinedJson value) {
    value.line = line();
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    open_.back()->parts.emplace_back(key_, std::move(value));
    key_.clear();
    return &open_.back()->parts.back().second;
  }
  bool add(LinedJson value) {
    place(std::move(value));
    return true;
  }
  bool add_number(double number) {
    LinedJson value;
    value.kind = LinedJson::Kind::Number;
    value.number = number;
    return add(std::move(value));
  }
  bool open(LinedJson::Kind kind) {
    if (open_.size() >= kMostLevels) refuse("more than " + std::to_string(kMostLevels) + " levels");
    LinedJson value;
    value.kind = kind;
    open_.push_back(place(std::move(value)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::string file_, key_;
  const char *read_, *counted_;
  int line_ = 1;
  LinedJson root_;
  std::vector<LinedJson*> open_;  ///< a part gets no sibling while it is open, so it does not move
};

}  // namespace

const LinedJson* LinedJson::find(const std::string& key) const {
  const auto found =
      std::find_if(parts.begin(), parts.end(), [&](const auto& part) { return part.first == key; });
  return kind == Kind::Object && found != parts.end() ? &found->second : nullptr;
}

LinedJson parse_lined_json(const std::string& text, const std::string& file) {
  TreeBuilder builder(text, file);
  nlohmann::json::sax_parse(builder.iterator(text.data()), builder.iterator(text.data() + text.size()),
                            &builder);
  return builder.take();
}

}  // namespace lf::records
