#pragma once
// What a statement's first words tell without the grammar.
#include <string>
#include <string_view>
#include <vector>

#include "parser/ast/ast_fwd.h"

namespace pgplumb::parser {

/// The statement's kind by its first word, for those that change rows and never a schema; none for all others.
ast::NodeTag data_statement(std::string_view text);

/// Whether the text is an INSERT, UPDATE or DELETE that calls no function and reads no other relation, as most that fill tables
/// are: then its tree has no more to say of a schema than which relation changes.
bool only_changes_rows(std::string_view text);

/// The relation whose rows an INSERT, UPDATE, DELETE or MERGE changes, as its first words name it: its schema, empty where
/// none is given, and its name, both without quotes. Empty for other statements.
std::vector<std::string> changed_relation(std::string_view text);

/// Whether the text, a query that the grammar does not take, can change no schema: it has no INTO, and calls nothing.
bool is_harmless_query(std::string_view text);

/// The psql variable that the text refers to (:name, :'name', :"name" or :{?name}); empty if there is none. What follows a colon
/// is only known to be a variable when the text is no SQL.
std::string_view psql_variable(std::string_view text);

}  // namespace pgplumb::parser
