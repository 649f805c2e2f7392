#pragma once
// Statements that the linked grammar takes, but that older servers refuse as syntax errors: what gram.y took up since 13.
#include <string>
#include <string_view>

#include "parser/ast/ast.h"

namespace pgplumb::parser {

/// The first major whose grammar has all that the statement says; 13 where every supported one has it. `text`: the statement's,
/// where it is known: SUBSTRING(… SIMILAR … ESCAPE …), of 14, has the tree of another form.
int syntax_since(ast::Node statement, std::string_view text);

/// Likewise of what lies before `offset`, where the grammar refuses a text that it can read, as it does MATCH PARTIAL:
/// an older server would have refused the newer syntax first.
int syntax_since_before(std::string_view text, std::size_t offset);

/// What is said of a statement that an older server refuses.
std::string newer_syntax_message(int since);

}  // namespace pgplumb::parser
