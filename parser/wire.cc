#include "parser/wire.h"

#include <pg_query.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "parser/ast/tables.h"
#include "parser/isolation.h"

namespace pgplumb::parser {

namespace {

using ast::NodeTag;
using ast::detail::WireField;
using rapidjson::SizeType;
using rapidjson::Value;

/// Reads protobuf's wire format: (field number, wire type) and a value, one after another.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}
  bool next() {
    if (rest_.empty()) return false;
    const std::uint64_t key = varint();
    number = static_cast<std::uint32_t>(key >> 3);
    bytes = {};
    integer = 0;
    const std::uint32_t type = key & 7;
    if (type == 0)
      integer = varint();
    else if (type == 2)
      bytes = take(varint());
    else
      take(type == 1 ? 8 : 4);
    return true;
  }
  std::uint32_t number = 0;
  std::uint64_t integer = 0;
  std::string_view bytes;

 private:
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; !rest_.empty() && shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_[0]);
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) break;
    }
    return value;
  }
  std::string_view take(std::uint64_t length) {
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view rest_;
};

/// Walks message and JSON side by side, down to the Integer messages.
class Repair {
 public:
  explicit Repair(rapidjson::Document& tree) : tree_(tree) {}

  void message(NodeTag type, std::string_view bytes, Value& json) {
    if (type == NodeTag::Integer) return integer(bytes, json);
    if (!json.IsObject()) return;
    const auto fields = ast::detail::tag_entries[static_cast<std::size_t>(type) - 1].wire;
    SizeType element = 0;
    std::uint32_t last = 0;
    for (WireReader reader(bytes); reader.next(); last = reader.number) {
      if (reader.number != last) element = 0;
      const WireField* field = find(fields, reader.number);
      if (field != nullptr) this->field(*field, reader.bytes, json, element++);
    }
  }

 private:
  static const WireField* find(std::span<const WireField> fields, std::uint32_t number) {
    for (const WireField& field : fields)
      if (field.number == number) return &field;
    return nullptr;
  }

  void field(const WireField& field, std::string_view bytes, Value& json, SizeType element) {
    const Value name(field.json_name.data(), static_cast<SizeType>(field.json_name.size()));
    if (!json.HasMember(name)) return;
    Value* value = &json[name];
    if (field.repeated) {
      if (!value->IsArray() || element >= value->Size()) return;
      value = &(*value)[element];
    }
    if (field.type == NodeTag::none)
      node(bytes, *value);
    else
      message(field.type, bytes, *value);
  }

  void node(std::string_view bytes, Value& json) {
    WireReader reader(bytes);
    if (!reader.next() || !json.IsObject() || json.ObjectEmpty()) return;
    const WireField* field = find(ast::detail::node_wire, reader.number);
    if (field != nullptr) message(field->type, reader.bytes, json.MemberBegin()->value);
  }

  void integer(std::string_view bytes, Value& json) {
    for (WireReader reader(bytes); reader.next();) {
      const auto value = static_cast<std::int32_t>(static_cast<std::int64_t>(reader.integer));
      if (reader.number == 1 && value < 0 && json.IsObject() && json.ObjectEmpty())
        json.AddMember("ival", value, tree_.GetAllocator());
    }
  }

  rapidjson::Document& tree_;
};

bool may_have_negative(std::string_view text) {
  for (std::size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] == '-')
      at = std::min(text.find_first_of("\r\n", at), text.size() - 1);
    else
      return true;
  }
  return false;
}

}  // namespace

bool may_lack_integers(std::string_view text, std::string_view json) {
  if (PG_VERSION_NUM >= 160000) return false;
  // The grammar itself makes a -1 of an aggregate that takes no direct arguments.
  if (!may_have_negative(text) && json.find("\"OBJECT_AGGREGATE\"") == std::string_view::npos) return false;
  return json.find("\"ival\":{}") != std::string_view::npos || json.find("\"Integer\":{}") != std::string_view::npos;
}

void repair_integers(const std::string& text, rapidjson::Document& tree) {
  PgQueryProtobufParseResult parsed;
  {
    const PgQueryLock lock;
    parsed = pg_query_parse_protobuf(text.c_str());
  }
  if (parsed.error == nullptr && tree.IsObject() && tree.HasMember("stmts")) {
    Value& statements = tree["stmts"];
    SizeType index = 0;
    for (WireReader reader({parsed.parse_tree.data, parsed.parse_tree.len}); reader.next();)
      if (reader.number == 2 && index < statements.Size())
        Repair(tree).message(NodeTag::RawStmt, reader.bytes, statements[index++]);
  }
  pg_query_free_protobuf_parse_result(parsed);
}

}  // namespace pgplumb::parser
