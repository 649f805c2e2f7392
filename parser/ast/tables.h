#pragma once
// What generate.py writes into ast.cc, and view.cc and wire.cc read.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>

#include "parser/ast/ast_fwd.h"

namespace pgplumb::parser::ast::detail {

/// A field of a message that holds further messages. A type of `none` is the Node message, which wraps any of them.
struct WireField {
  std::uint32_t number;
  NodeTag type;
  bool repeated;
  std::string_view json_name;
};

struct TagEntry {
  std::string_view name;
  bool located;  // whether the message has a `location`
  std::span<const WireField> wire;
};

/// By name; NodeTag's value less one is the index.
extern const TagEntry tag_entries[];
extern const std::size_t tag_count;
extern const std::span<const WireField> node_wire;

/// The words of each enum, in the order of the enumerators.
extern const std::span<const std::string_view> enum_words[];

}  // namespace pgplumb::parser::ast::detail
