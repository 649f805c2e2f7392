#pragma once
// FieldType<V>: the operations on each type that a field may have. Scalars are in field_types.cc; what is built of other
// types (optional, vector, described struct, enumeration) is here, as thin templates.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/field.h"

namespace pgplumb::catalog {

/// One value of an enumeration: how pg_catalog stores it, and the word for it in snapshots, reports and SQL.
struct EnumEntry {
  int value;
  std::string_view stored;
  std::string_view word;
};
// An enumeration E that is a field's type declares, beside itself: constexpr std::span<const EnumEntry> enum_entries(E)
// A struct S that is nested in a field declares, beside itself: constexpr std::span<const FieldInfo> nested_fields(const S*)

namespace detail {

std::string_view enum_word(std::span<const EnumEntry> entries, int value);
int enum_from_word(std::span<const EnumEntry> entries, std::string_view word);
int enum_from_stored(std::span<const EnumEntry> entries, std::string_view stored);

void write_struct(std::span<const FieldInfo> fields, const void* value, JsonWriter& out, const NameSource& names);
void read_struct(std::span<const FieldInfo> fields, void* value, JsonValue json, RefResolver& refs);
void visit_struct_refs(std::span<const FieldInfo> fields, const void* value, const RefVisitor& visit);
void visit_struct_exprs(std::span<const FieldInfo> fields, void* value, const ExprVisitor& visit);

/// Sorts the elements' texts, so that a set has one canonical form.
void write_elements(std::vector<std::string> elements, JsonWriter& out, bool set);
/// Decodes by parsing `text` as JSON and reading it.
void decode_as_json(void* value, std::string_view text, RefResolver& refs,
                    void (*read)(void* value, JsonValue json, RefResolver& refs));

inline void no_refs(const void*, const RefVisitor&) {}
inline void no_exprs(void*, const ExprVisitor&) {}
inline bool never_empty(const void*) { return false; }

AnyRef read_ref(Kind expected, JsonValue json, RefResolver& refs);
void write_ref(AnyRef ref, JsonWriter& out, const NameSource& names);

}  // namespace detail

#define PGPLUMB_SCALAR_FIELD(Type)  \
  template <>                       \
  struct FieldType<Type> {          \
    static const FieldOps ops;      \
  };
PGPLUMB_SCALAR_FIELD(bool)
PGPLUMB_SCALAR_FIELD(std::int16_t)
PGPLUMB_SCALAR_FIELD(std::int32_t)
PGPLUMB_SCALAR_FIELD(std::int64_t)
PGPLUMB_SCALAR_FIELD(double)
PGPLUMB_SCALAR_FIELD(std::string)
PGPLUMB_SCALAR_FIELD(Name)
PGPLUMB_SCALAR_FIELD(AnyRef)
PGPLUMB_SCALAR_FIELD(TypeRef)
PGPLUMB_SCALAR_FIELD(Expr)
PGPLUMB_SCALAR_FIELD(Query)
#undef PGPLUMB_SCALAR_FIELD

template <class T>
struct FieldType<Ref<T>> {
  static const Ref<T>& of(const void* value) { return *static_cast<const Ref<T>*>(value); }
  static constexpr FieldOps ops{
      [](const void* value, JsonWriter& out, const NameSource& names, bool) { detail::write_ref(of(value), out, names); },
      [](const void* value) { return !of(value); },
      [](void* value, JsonValue json, RefResolver& refs) {
        static_cast<Ref<T>*>(value)->oid = detail::read_ref(kind_of<T>, json, refs).oid;
      },
      [](void* value, std::string_view text, RefResolver& refs) {
        static_cast<Ref<T>*>(value)->oid = refs.resolve(kind_of<T>, text).oid;
      },
      [](const void* value, const RefVisitor& visit) { visit(of(value).oid); },
      detail::no_exprs};
};

template <class E>
concept FieldEnum = std::is_enum_v<E> && requires(E e) { enum_entries(e); };

template <FieldEnum E>
struct FieldType<E> {
  static constexpr FieldOps ops{
      [](const void* value, JsonWriter& out, const NameSource&, bool) {
        const E e = *static_cast<const E*>(value);
        out.string(detail::enum_word(enum_entries(e), static_cast<int>(e)));
      },
      detail::never_empty,
      [](void* value, JsonValue json, RefResolver&) {
        E& e = *static_cast<E*>(value);
        e = static_cast<E>(detail::enum_from_word(enum_entries(e), json.string()));
      },
      [](void* value, std::string_view text, RefResolver&) {
        E& e = *static_cast<E*>(value);
        e = static_cast<E>(detail::enum_from_stored(enum_entries(e), text));
      },
      detail::no_refs, detail::no_exprs};
};

template <class S>
concept NestedStruct = std::is_class_v<S> && requires(const S* s) { nested_fields(s); };

template <NestedStruct S>
struct FieldType<S> {
  static std::span<const FieldInfo> table() { return nested_fields(static_cast<const S*>(nullptr)); }
  static void read(void* value, JsonValue json, RefResolver& refs) { detail::read_struct(table(), value, json, refs); }
  static constexpr FieldOps ops{
      [](const void* value, JsonWriter& out, const NameSource& names, bool) {
        detail::write_struct(table(), value, out, names);
      },
      detail::never_empty,
      read,
      [](void* value, std::string_view text, RefResolver& refs) { detail::decode_as_json(value, text, refs, read); },
      [](const void* value, const RefVisitor& visit) { detail::visit_struct_refs(table(), value, visit); },
      [](void* value, const ExprVisitor& visit) { detail::visit_struct_exprs(table(), value, visit); }};
};

template <class V>
struct FieldType<std::optional<V>> {
  using Optional = std::optional<V>;
  static constexpr FieldOps ops{
      [](const void* value, JsonWriter& out, const NameSource& names, bool set) {
        FieldType<V>::ops.write(&**static_cast<const Optional*>(value), out, names, set);
      },
      [](const void* value) { return !static_cast<const Optional*>(value)->has_value(); },
      [](void* value, JsonValue json, RefResolver& refs) {
        FieldType<V>::ops.read(&static_cast<Optional*>(value)->emplace(), json, refs);
      },
      [](void* value, std::string_view text, RefResolver& refs) {
        FieldType<V>::ops.decode(&static_cast<Optional*>(value)->emplace(), text, refs);
      },
      [](const void* value, const RefVisitor& visit) {
        if (const auto& v = *static_cast<const Optional*>(value)) FieldType<V>::ops.visit_refs(&*v, visit);
      },
      [](void* value, const ExprVisitor& visit) {
        if (auto& v = *static_cast<Optional*>(value)) FieldType<V>::ops.visit_exprs(&*v, visit);
      }};
};

template <class V>
struct FieldType<std::vector<V>> {
  using Vector = std::vector<V>;
  static void write(const void* value, JsonWriter& out, const NameSource& names, bool set) {
    std::vector<std::string> elements;
    for (const V& element : *static_cast<const Vector*>(value)) {
      JsonWriter writer;
      FieldType<V>::ops.write(&element, writer, names, false);
      elements.push_back(writer.take());
    }
    detail::write_elements(std::move(elements), out, set);
  }
  static void read(void* value, JsonValue json, RefResolver& refs) {
    Vector& vector = *static_cast<Vector*>(value);
    vector.resize(json.size());
    for (std::size_t i = 0; i < vector.size(); ++i) FieldType<V>::ops.read(&vector[i], json.at(i), refs);
  }
  static constexpr FieldOps ops{
      write,
      [](const void* value) { return static_cast<const Vector*>(value)->empty(); },
      read,
      [](void* value, std::string_view text, RefResolver& refs) { detail::decode_as_json(value, text, refs, read); },
      [](const void* value, const RefVisitor& visit) {
        for (const V& element : *static_cast<const Vector*>(value)) FieldType<V>::ops.visit_refs(&element, visit);
      },
      [](void* value, const ExprVisitor& visit) {
        for (V& element : *static_cast<Vector*>(value)) FieldType<V>::ops.visit_exprs(&element, visit);
      }};
};

}  // namespace pgplumb::catalog
