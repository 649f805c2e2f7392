#pragma once
// What the built-in templates of text search dictionaries want of their options: dsimple_init of tsearch/dict_simple.c
// and its kin. The files that options name are on the server, and not looked at.
#include "engine/ddl/text_search_options.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Throws 22023 for options that the template does not know or misses, 42601 for a value that is no boolean. `written`:
/// as the statement has them; `all`: with those that the dictionary has already.
void check_dictionary_options(const Interpreter& interpreter, Oid text_search_template, ast::List<ast::Node> written,
                              const DictionaryOptions& all);

}  // namespace pgplumb::engine::ddl
