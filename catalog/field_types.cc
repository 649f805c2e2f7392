#include "catalog/field_types.h"

#include <algorithm>
#include <charconv>

#include "catalog/base/diagnostic.h"

namespace pgplumb::catalog {

namespace detail {

std::string_view enum_word(std::span<const EnumEntry> entries, int value) {
  for (const EnumEntry& entry : entries)
    if (entry.value == value) return entry.word;
  return "?";
}

int enum_from_word(std::span<const EnumEntry> entries, std::string_view word) {
  for (const EnumEntry& entry : entries)
    if (entry.word == word) return entry.value;
  throw UsageError("unknown word \"" + std::string(word) + "\"");
}

int enum_from_stored(std::span<const EnumEntry> entries, std::string_view stored) {
  for (const EnumEntry& entry : entries)
    if (entry.stored == stored) return entry.value;
  throw UsageError("the server uses a code this version does not know: \"" + std::string(stored) + "\"");
}

void write_struct(std::span<const FieldInfo> fields, const void* value, JsonWriter& out, const NameSource& names) {
  out.begin_object();
  for (const FieldInfo& field : fields) {
    if (field.role.role == Role::info || field.ops->empty(field.get(value))) continue;
    out.key(field.name);
    field.ops->write(field.get(value), out, names, field.role.set);
  }
  out.end_object();
}

void read_struct(std::span<const FieldInfo> fields, void* value, JsonValue json, RefResolver& refs) {
  for (const FieldInfo& field : fields) {
    const JsonValue member = json.get(field.name);
    if (!member.is_null()) field.ops->read(field.get_mutable(value), member, refs);
  }
}

void visit_struct_refs(std::span<const FieldInfo> fields, const void* value, const RefVisitor& visit) {
  for (const FieldInfo& field : fields) field.ops->visit_refs(field.get(value), visit);
}

void visit_struct_exprs(std::span<const FieldInfo> fields, void* value, const ExprVisitor& visit) {
  for (const FieldInfo& field : fields) field.ops->visit_exprs(field.get_mutable(value), visit);
}

void write_elements(std::vector<std::string> elements, JsonWriter& out, bool set) {
  if (set) std::sort(elements.begin(), elements.end());
  out.begin_array();
  for (const std::string& element : elements) out.raw(element);
  out.end_array();
}

void decode_as_json(void* value, std::string_view text, RefResolver& refs,
                    void (*read)(void*, JsonValue, RefResolver&)) {
  const JsonDocument document{std::string(text)};
  read(value, document.root(), refs);
}

AnyRef read_ref(Kind expected, JsonValue json, RefResolver& refs) {
  if (json.is_null()) return {};
  return refs.resolve(expected, json.is_string() ? json.string() : std::to_string(json.integer()));
}

void write_ref(AnyRef ref, JsonWriter& out, const NameSource& names) {
  if (ref)
    out.string(names.key_of(ref));
  else
    out.null();
}

}  // namespace detail

namespace {

template <class V>
const V& value_as(const void* value) {
  return *static_cast<const V*>(value);
}
template <class V>
V& as_mutable(void* value) {
  return *static_cast<V*>(value);
}

template <class V>
constexpr FieldOps integer_ops{
    [](const void* value, JsonWriter& out, const NameSource&, bool) { out.integer(value_as<V>(value)); },
    detail::never_empty,
    [](void* value, JsonValue json, RefResolver&) { as_mutable<V>(value) = static_cast<V>(json.integer()); },
    [](void* value, std::string_view text, RefResolver&) {
      std::from_chars(text.data(), text.data() + text.size(), as_mutable<V>(value));
    },
    detail::no_refs, detail::no_exprs};

template <class V>
constexpr FieldOps text_ops{
    [](const void* value, JsonWriter& out, const NameSource&, bool) {
      const V& text = value_as<V>(value);
      if constexpr (std::is_same_v<V, Name>)
        out.string(text.view());
      else
        out.string(text);
    },
    [](const void* value) { return value_as<V>(value).empty(); },
    [](void* value, JsonValue json, RefResolver&) { as_mutable<V>(value) = V(json.string()); },
    [](void* value, std::string_view text, RefResolver&) { as_mutable<V>(value) = V(text); },
    detail::no_refs, detail::no_exprs};

template <class V>
constexpr FieldOps analysed_ops{
    [](const void* value, JsonWriter& out, const NameSource&, bool) { out.string(value_as<V>(value).text); },
    [](const void* value) { return value_as<V>(value).empty(); },
    [](void* value, JsonValue json, RefResolver&) { as_mutable<V>(value).text = std::string(json.string()); },
    [](void* value, std::string_view text, RefResolver&) { as_mutable<V>(value).text = std::string(text); },
    [](const void* value, const RefVisitor& visit) {
      for (Oid oid : value_as<V>(value).refs) visit(oid);
    },
    detail::no_exprs};

constexpr FieldOps expr_ops() {
  FieldOps ops = analysed_ops<Expr>;
  ops.visit_exprs = [](void* value, const ExprVisitor& visit) { visit(as_mutable<Expr>(value)); };
  ops.is_expr = true;
  return ops;
}

constexpr FieldOps query_ops() {
  FieldOps ops = analysed_ops<Query>;
  ops.is_query = true;
  return ops;
}

}  // namespace

const FieldOps FieldType<bool>::ops{
    [](const void* value, JsonWriter& out, const NameSource&, bool) { out.boolean(value_as<bool>(value)); },
    detail::never_empty,
    [](void* value, JsonValue json, RefResolver&) { as_mutable<bool>(value) = json.boolean(); },
    [](void* value, std::string_view text, RefResolver&) { as_mutable<bool>(value) = text == "t" || text == "true"; },
    detail::no_refs,
    detail::no_exprs};

const FieldOps FieldType<std::int16_t>::ops = integer_ops<std::int16_t>;
const FieldOps FieldType<std::int32_t>::ops = integer_ops<std::int32_t>;
const FieldOps FieldType<std::int64_t>::ops = integer_ops<std::int64_t>;

const FieldOps FieldType<double>::ops{
    [](const void* value, JsonWriter& out, const NameSource&, bool) { out.number(value_as<double>(value)); },
    detail::never_empty,
    [](void* value, JsonValue json, RefResolver&) { as_mutable<double>(value) = json.number(); },
    [](void* value, std::string_view text, RefResolver&) {
      std::from_chars(text.data(), text.data() + text.size(), as_mutable<double>(value));
    },
    detail::no_refs,
    detail::no_exprs};

const FieldOps FieldType<std::string>::ops = text_ops<std::string>;
const FieldOps FieldType<Name>::ops = text_ops<Name>;

const FieldOps FieldType<AnyRef>::ops{
    [](const void* value, JsonWriter& out, const NameSource& names, bool) {
      detail::write_ref(value_as<AnyRef>(value), out, names);
    },
    [](const void* value) { return !value_as<AnyRef>(value); },
    [](void* value, JsonValue json, RefResolver& refs) {
      as_mutable<AnyRef>(value) = detail::read_ref(Kind::none, json, refs);
    },
    [](void* value, std::string_view text, RefResolver& refs) {
      as_mutable<AnyRef>(value) = refs.resolve(Kind::none, text);
    },
    [](const void* value, const RefVisitor& visit) { visit(value_as<AnyRef>(value).oid); },
    detail::no_exprs};

const FieldOps FieldType<TypeRef>::ops{
    [](const void* value, JsonWriter& out, const NameSource& names, bool) {
      out.string(names.type_name(value_as<TypeRef>(value)));
    },
    [](const void* value) { return !value_as<TypeRef>(value); },
    [](void* value, JsonValue json, RefResolver& refs) {
      as_mutable<TypeRef>(value) = refs.resolve_type(json.is_string() ? json.string() : std::to_string(json.integer()));
    },
    [](void* value, std::string_view text, RefResolver& refs) {
      as_mutable<TypeRef>(value) = refs.resolve_type(text);
    },
    [](const void* value, const RefVisitor& visit) { visit(value_as<TypeRef>(value).type); },
    detail::no_exprs};

const FieldOps FieldType<Expr>::ops = expr_ops();
const FieldOps FieldType<Query>::ops = query_ops();

}  // namespace pgplumb::catalog
