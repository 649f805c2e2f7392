#pragma once
// The small part of JSON that field operations need, so that no header of a kind includes a JSON library.
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace pgplumb::catalog {

/// Writes canonical JSON: no white space, keys in the order written, no escapes but the necessary ones.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view text);
  JsonWriter& integer(std::int64_t number);
  JsonWriter& number(double number);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  /// Text that is JSON already.
  JsonWriter& raw(std::string_view json);

  const std::string& text() const { return out_; }
  void clear() {
    out_.clear();
    comma_ = false;
  }
  std::string take() { return std::move(out_); }

 private:
  void separate();
  std::string out_;
  bool comma_ = false;
};

/// A value within a JsonDocument, valid as long as that.
class JsonValue {
 public:
  explicit JsonValue(const void* value = nullptr) : value_(value) {}
  bool exists() const { return value_ != nullptr; }
  bool is_null() const;
  bool is_string() const;
  bool is_array() const;
  bool is_object() const;
  std::string_view string() const;
  std::int64_t integer() const;
  double number() const;
  bool boolean() const;
  std::size_t size() const;                  // of an array
  JsonValue at(std::size_t index) const;     // of an array
  JsonValue get(std::string_view key) const;  // of an object; !exists() where absent
  void for_each_member(const std::function<void(std::string_view name, JsonValue value)>& visit) const;

 private:
  const void* value_;
};

class JsonDocument {
 public:
  /// Throws UsageError with the byte offset where `text` is no JSON.
  explicit JsonDocument(std::string text);
  ~JsonDocument();
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;
  JsonValue root() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pgplumb::catalog
