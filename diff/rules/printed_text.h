#pragma once
// Expressions and queries as a server prints them, made fit to be read again.
#include <string>
#include <string_view>

namespace pgplumb::diff {

/// The text, changed where PostgreSQL would read something else from it than what it printed: a cast of a whole array
/// constructor, which is read as a cast of each of its elements (transformTypeCast of parse_expr.c).
std::string as_source(std::string_view printed);
/// The same in exactly one pair of outer parentheses.
std::string parenthesized(std::string_view expression);
/// The same of a query, without the semicolon that a server prints behind it.
std::string without_semicolon(std::string_view query);

}  // namespace pgplumb::diff
