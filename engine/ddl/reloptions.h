#pragma once
// WITH (…) and SET (…) of relations: access/common/reloptions.c. An option is kept as "name=value", the value as written.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/kinds/common.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

namespace ast = parser::ast;
using catalog::Options;

/// What options are for (relopt_kind).
enum class OptionTarget : std::uint8_t {
  heap, toast, partitioned, view, btree, hash, gist, gin, spgist, brin, attribute, sequence,
  bloom_class, minmax_multi_class, tsvector_class,  // operator classes
  other_index
};

/// The options in `list` of the namespace ("" or "toast"), laid over `old` (transformRelOptions, then parse_one_reloption).
/// `reset`: they are taken away. Throws SqlError for what the target does not know; other_index knows everything.
Options transform_reloptions(const Options& old, ast::List<ast::Node> list, std::string_view name_space,
                             OptionTarget target, int major, bool reset = false);
/// Throws for a namespace other than "toast" where `toast_allowed`.
void require_known_namespaces(ast::List<ast::Node> list, bool toast_allowed);

/// Options of a new index of the access method.
Options index_reloptions(std::string_view method, ast::List<ast::Node> list, int major, const Options& old = {},
                         bool reset = false);

/// Throws 22023 where the operator class does not take such options, as its options function would; an extension's or
/// user's class is not checked. `method`, `operator_class`: their names.
void check_operator_class_options(std::string_view method, std::string_view operator_class, const Options& options,
                                  int major);

/// The value of an option, where it is among them.
std::optional<std::string> option_value(const Options& options, std::string_view name);

}  // namespace pgplumb::engine::ddl
