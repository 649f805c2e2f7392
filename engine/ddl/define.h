#pragma once
// CREATE … (attribute = value, …): DefineStmt by kind of object, as tcop/utility.c splits it.
#include "engine/ddl/def_elem.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

void define_type(Interpreter& interpreter, ast::DefineStmt statement);
void define_aggregate(Interpreter& interpreter, ast::DefineStmt statement);
void define_operator(Interpreter& interpreter, ast::DefineStmt statement);
void define_collation(Interpreter& interpreter, ast::DefineStmt statement);
void define_text_search_parser(Interpreter& interpreter, ast::DefineStmt statement);
void define_text_search_template(Interpreter& interpreter, ast::DefineStmt statement);
void define_text_search_dictionary(Interpreter& interpreter, ast::DefineStmt statement);
void define_text_search_configuration(Interpreter& interpreter, ast::DefineStmt statement);

}  // namespace pgplumb::engine::ddl
