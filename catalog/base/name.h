#pragma once
// Interned identifiers, and the quoting rules of quote_identifier() and quote_literal() (ruleutils.c, quote.c).
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace pgplumb::catalog {

/// An SQL identifier, case-folded and truncated already, as pg_catalog would hold it. All names of a process share one
/// pool: equality is a pointer comparison, and copying costs nothing. Thread-safe. The empty name is the default.
class Name {
 public:
  Name() = default;
  Name(std::string_view text);  // NOLINT: a string is a name wherever one is asked for
  Name(const std::string& text) : Name(std::string_view(text)) {}
  Name(const char* text) : Name(std::string_view(text)) {}

  const std::string& str() const;
  std::string_view view() const { return str(); }
  bool empty() const { return entry_ == nullptr; }
  /// XXH3 of the text: stable between runs and machines.
  std::uint64_t hash() const;

  friend bool operator==(Name a, Name b) { return a.entry_ == b.entry_; }
  friend bool operator!=(Name a, Name b) { return a.entry_ != b.entry_; }
  /// Byte order of the texts.
  friend bool operator<(Name a, Name b) { return a.entry_ != b.entry_ && a.str() < b.str(); }

 private:
  struct Entry;
  friend class NamePool;
  const Entry* entry_ = nullptr;
};

/// The identifier as SQL: quoted only where it must be, for every PostgreSQL from 13 to 18 (quote_identifier).
std::string quote_identifier(std::string_view name);
/// `schema.name`, each part quoted where it must be; no schema when it is empty.
std::string quote_qualified(std::string_view schema, std::string_view name);
/// The text as an SQL string literal as ruleutils prints constants: '…' with doubled quotes, and E'…' with doubled
/// backslashes where there is a backslash (simple_quote_literal).
std::string quote_literal(std::string_view text);

/// The longest prefix of at most `limit` bytes that ends at a character boundary (pg_mbcliplen for UTF-8).
std::string_view clip_utf8(std::string_view text, std::size_t limit);
inline constexpr std::size_t max_identifier_length = 63;  // NAMEDATALEN - 1

/// `name1_name2_label`, the two names cut to fit 63 bytes, the longer first; empty parts with their underscore are left
/// out (makeObjectName of indexcmds.c).
std::string make_object_name(std::string_view name1, std::string_view name2, std::string_view label);

}  // namespace pgplumb::catalog

template <>
struct std::hash<pgplumb::catalog::Name> {
  std::size_t operator()(pgplumb::catalog::Name name) const { return name.hash(); }
};
