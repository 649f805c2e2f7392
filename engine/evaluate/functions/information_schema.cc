// The functions that information_schema's views are written with (catalog/information_schema.sql), and others that only
// views of the system call.
#include "catalog/builtin/builtin.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/sequence.h"
#include "catalog/type_oids.h"
#include "engine/ddl/acl.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/functions.h"
#include "engine/evaluate/number.h"
#include "engine/evaluate/object_names.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;

namespace {

constexpr int header_size = 4;

bool is_character(Oid type) { return type == types::varchar || type == types::bpchar; }

Value integer(const Call& call, std::int64_t number) { return call.of(std::to_string(number)); }

}  // namespace

Value character_maximum(const Call& call) {
  const Oid type = call.oid(0);
  const std::int64_t typmod = call.integer(1);
  if (typmod == -1) return call.null();
  if (is_character(type)) return integer(call, typmod - header_size);
  return type == types::bit || type == types::varbit ? integer(call, typmod) : call.null();
}

Value character_octets(const Call& call) {
  const Oid type = call.oid(0);
  if (type != types::text && !is_character(type)) return call.null();
  if (call.integer(1) == -1) return integer(call, 1073741824);
  return integer(call, (call.integer(1) - header_size) * 4);  // UTF-8's longest character
}

Value numeric_precision_of(const Call& call) {
  switch (call.oid(0)) {
    case types::int2:
      return integer(call, 16);
    case types::int4:
      return integer(call, 32);
    case types::int8:
      return integer(call, 64);
    case types::float4:
      return integer(call, 24);
    case types::float8:
      return integer(call, 53);
    case types::numeric:
      return call.integer(1) == -1 ? call.null() : integer(call, (call.integer(1) - header_size) >> 16 & 65535);
    default:
      return call.null();
  }
}

Value numeric_radix_of(const Call& call) {
  switch (call.oid(0)) {
    case types::int2:
    case types::int4:
    case types::int8:
    case types::float4:
    case types::float8:
      return integer(call, 2);
    case types::numeric:
      return integer(call, 10);
    default:
      return call.null();
  }
}

Value numeric_scale_of(const Call& call) {
  switch (call.oid(0)) {
    case types::int2:
    case types::int4:
    case types::int8:
      return integer(call, 0);
    case types::numeric: {
      if (call.integer(1) == -1) return call.null();
      const std::int64_t bits = call.integer(1) - header_size;
      return integer(call, call.cache().major() >= 15 ? ((bits & 2047) ^ 1024) - 1024 : bits & 65535);
    }
    default:
      return call.null();
  }
}

Value datetime_precision_of(const Call& call) {
  const std::int64_t typmod = call.integer(1);
  switch (call.oid(0)) {
    case types::date:
      return integer(call, 0);
    case types::time:
    case types::timestamp:
    case types::timestamptz:
    case types::timetz:
      return integer(call, typmod < 0 ? 6 : typmod);
    case types::interval: {
      const bool all = typmod < 0 || (typmod & 65535) == 65535;
      return integer(call, all ? 6 : typmod & 65535);
    }
    default:
      return call.null();
  }
}

Value interval_type_of(const Call& call) {
  if (call.oid(0) != types::interval || call.integer(1) == -1) return call.null();
  throw NotSimulated("the fields of an interval's type");
}

/// Where a column stands in an index's key.
Value index_position(const Call& call) {
  const auto* index = call.interpreter().catalog().find_as<catalog::Index>(call.oid(0));
  if (!index) return call.null();
  for (std::size_t i = 0; i < index->columns.size(); ++i) {
    const auto* column = call.interpreter().catalog().find_as<catalog::Column>(index->columns[i].column.oid);
    if (column && column->number == call.integer(1)) return integer(call, static_cast<std::int64_t>(i) + 1);
  }
  return call.null();
}

/// A routine's specific name.
Value name_with_oid(const Call& call) {
  const std::string suffix = "_" + call.text(1);
  return call.of(std::string(catalog::clip_utf8(call.text(0), catalog::max_identifier_length - suffix.size())) +
                 suffix);
}

/// Bits by command: INSERT, UPDATE and DELETE of a table. Of views it is not known.
Value relation_is_updatable(const Call& call) {
  const analyze::RelationRow* row = call.cache().relation(call.oid(0));
  if (!row) return call.of("0");
  if (row->kind == 'r' || row->kind == 'p') return call.of("28");
  if (row->kind == 'v' || row->kind == 'f') return Value::unknown(call.result, "whether a view can be updated");
  return call.of("0");
}

Value encoding_name(const Call& call) {
  if (call.integer(0) == 6) return call.of("UTF8");
  throw NotSimulated("the name of an encoding");
}
Value database_encoding(const Call& call) { return call.of("UTF8"); }

/// acldefault(), of which views only ask whose privileges there are.
Value default_privileges(const Call& call) {
  const auto owner = role_name(call.interpreter(), call.oid(1));
  if (!owner) return Value::unknown(call.result, "an owner that is not known");
  const char type = call.text(0).empty() ? 0 : call.text(0)[0];
  std::vector<Element> items;
  constexpr std::string_view letters = "arwdDxtXUCTcsAm";
  for (const ddl::AclEntry& entry : ddl::default_acl(call.cache().major(), type, Name(*owner))) {
    std::string item = entry.grantee.str() + "=";
    for (std::size_t bit = 0; bit < letters.size(); ++bit)
      if (entry.privileges >> bit & 1) item += letters[bit];
    items.push_back(item + "/" + *owner);
  }
  return array_value(call.result, std::move(items));
}

namespace {

struct AclItem {
  std::string grantee, grantor, letters;
};

std::string unquoted(std::string name) {
  if (name.size() < 2 || name.front() != '"') return name;
  std::string out;
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    out += name[i];
    if (name[i] == '"') ++i;
  }
  return out;
}

AclItem acl_item(const std::string& text) {
  const std::size_t sign = text.find('=', text.front() == '"' ? text.find('"', 1) : 0);
  const std::size_t slash = text.find('/', sign);
  return {unquoted(text.substr(0, sign)), unquoted(text.substr(slash + 1)), text.substr(sign + 1, slash - sign - 1)};
}

std::string_view privilege_of(char letter) {
  switch (letter) {
    case 'a':
      return "INSERT";
    case 'r':
      return "SELECT";
    case 'w':
      return "UPDATE";
    case 'd':
      return "DELETE";
    case 'D':
      return "TRUNCATE";
    case 'x':
      return "REFERENCES";
    case 't':
      return "TRIGGER";
    case 'X':
      return "EXECUTE";
    case 'U':
      return "USAGE";
    case 'C':
      return "CREATE";
    case 'T':
      return "TEMPORARY";
    case 'c':
      return "CONNECT";
    case 's':
      return "SET";
    case 'A':
      return "ALTER SYSTEM";
    default:
      return "MAINTAIN";
  }
}

}  // namespace

Rows acl_exploded(const Call& call) {
  Rows rows;
  const auto role = [&](const std::string& name) {
    return Value::of(types::oid, std::to_string(name.empty() ? 0 : role_oid(call.interpreter(), Name(name))));
  };
  for (const Element& element : read_array(Value::of(types::text_array, call.text(0))).elements) {
    const AclItem item = acl_item(*element);
    for (std::size_t i = 0; i < item.letters.size(); ++i) {
      if (item.letters[i] == '*') continue;
      const bool grantable = i + 1 < item.letters.size() && item.letters[i + 1] == '*';
      rows.push_back({role(item.grantor), role(item.grantee),
                      Value::of(types::text, std::string(privilege_of(item.letters[i]))), Value::boolean(grantable)});
    }
  }
  return rows;
}

/// name=value options as rows.
Rows options_table(const Call& call) {
  Rows rows;
  for (const Element& element : read_array(call.args[0]).elements) {
    const std::size_t sign = element->find('=');
    const Value value =
        sign == std::string::npos ? Value::null(types::text) : Value::of(types::text, element->substr(sign + 1));
    rows.push_back({Value::of(types::text, element->substr(0, sign)), value});
  }
  return rows;
}

/// pg_show_all_settings(): what a client sees of the parameters.
Rows all_settings(const Call& call) {
  Rows rows;
  const auto text = [](std::string_view value) { return Value::of(types::text, std::string(value)); };
  for (const auto& setting : call.cache().builtin().settings()) {
    const auto value = call.interpreter().session().parameter(setting.name.view());
    Values row(17, Value::unknown(types::text, "pg_settings"));
    row[0] = text(setting.name.view());
    row[1] = value ? text(*value)
                   : Value::unknown(types::text, "the server's parameter " + std::string(setting.name.view()));
    row[2] = setting.unit.is_null() ? Value::null(types::text) : text(setting.unit.view());
    row[6] = text(setting.context.view());
    row[7] = text(setting.vartype.view());
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace pgplumb::engine::evaluate
