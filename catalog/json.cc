#include "catalog/json.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include "catalog/base/diagnostic.h"

namespace pgplumb::catalog {

namespace {

void append_escaped(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
          out += c;
    }
  }
  out += '"';
}

const rapidjson::Value& as_value(const void* value) { return *static_cast<const rapidjson::Value*>(value); }

}  // namespace

void JsonWriter::separate() {
  if (comma_) out_ += ',';
  comma_ = true;
}

JsonWriter& JsonWriter::begin_object() {
  separate();
  out_ += '{';
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  out_ += '}';
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  out_ += '[';
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  out_ += ']';
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_escaped(out_, name);
  out_ += ':';
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view text) {
  separate();
  append_escaped(out_, text);
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t number) {
  separate();
  out_ += std::to_string(number);
  return *this;
}

JsonWriter& JsonWriter::number(double number) {
  separate();
  out_ += fmt::format("{}", number);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_ += "null";
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

bool JsonValue::is_null() const { return !exists() || as_value(value_).IsNull(); }
bool JsonValue::is_string() const { return exists() && as_value(value_).IsString(); }
bool JsonValue::is_array() const { return exists() && as_value(value_).IsArray(); }
bool JsonValue::is_object() const { return exists() && as_value(value_).IsObject(); }

std::string_view JsonValue::string() const {
  if (!is_string()) return {};
  return {as_value(value_).GetString(), as_value(value_).GetStringLength()};
}

std::int64_t JsonValue::integer() const {
  return exists() && as_value(value_).IsInt64() ? as_value(value_).GetInt64() : static_cast<std::int64_t>(number());
}

double JsonValue::number() const { return exists() && as_value(value_).IsNumber() ? as_value(value_).GetDouble() : 0; }

bool JsonValue::boolean() const { return exists() && as_value(value_).IsBool() && as_value(value_).GetBool(); }

std::size_t JsonValue::size() const { return is_array() ? as_value(value_).Size() : 0; }

JsonValue JsonValue::at(std::size_t index) const {
  return JsonValue(&as_value(value_)[static_cast<rapidjson::SizeType>(index)]);
}

JsonValue JsonValue::get(std::string_view key) const {
  if (!is_object()) return JsonValue();
  const auto& object = as_value(value_);
  const auto found =
      object.FindMember(rapidjson::Value(rapidjson::StringRef(key.data(), static_cast<rapidjson::SizeType>(key.size()))));
  return found == object.MemberEnd() ? JsonValue() : JsonValue(&found->value);
}

void JsonValue::for_each_member(const std::function<void(std::string_view, JsonValue)>& visit) const {
  if (!is_object()) return;
  for (const auto& member : as_value(value_).GetObject())
    visit({member.name.GetString(), member.name.GetStringLength()}, JsonValue(&member.value));
}

struct JsonDocument::State {
  std::string text;
  rapidjson::Document document;
};

JsonDocument::JsonDocument(std::string text) : state_(std::make_unique<State>()) {
  state_->text = std::move(text);
  state_->document.Parse<rapidjson::kParseFullPrecisionFlag>(state_->text.data(), state_->text.size());
  if (state_->document.HasParseError())
    throw UsageError(fmt::format("not valid JSON at byte {}: {}", state_->document.GetErrorOffset(),
                                 rapidjson::GetParseError_En(state_->document.GetParseError())));
}

JsonDocument::~JsonDocument() = default;

JsonValue JsonDocument::root() const { return JsonValue(static_cast<const rapidjson::Value*>(&state_->document)); }

}  // namespace pgplumb::catalog
