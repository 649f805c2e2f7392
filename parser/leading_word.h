#pragma once
// What a statement's first words tell without the grammar.
#include <string_view>

#include "parser/ast/ast_fwd.h"

namespace pgplumb::parser {

/// The statement's kind by its first word, for those that change rows and never a schema; none for all others.
ast::NodeTag data_statement(std::string_view text);

/// Whether the text is an INSERT, UPDATE or DELETE that calls no function, as most that fill tables are: then its tree
/// has nothing to say of a schema.
bool only_changes_rows(std::string_view text);

/// Whether the text, a query that the grammar does not take, can change no schema: it has no INTO, and calls nothing.
bool is_harmless_query(std::string_view text);

/// The psql variable that the text refers to (:name, :'name', :"name" or :{?name}); empty if there is none. What follows a colon
/// is only known to be a variable when the text is no SQL.
std::string_view psql_variable(std::string_view text);

}  // namespace pgplumb::parser
