#pragma once
// What a ParseTree holds; for parser/*.cc alone.
#include <rapidjson/document.h>

#include <cstdlib>
#include <memory>

#include "parser/pg_query.h"

namespace pgplumb::parser {

/// libpg_query's buffer, and the document that was parsed within it: strings point into the buffer.
struct ParseTree::Data {
  Data(char* json_, std::size_t length);

  const void* statements() const { return ast::detail::member(&document, "stmts"); }

  std::unique_ptr<char, void (*)(void*)> json;
  rapidjson::MemoryPoolAllocator<> allocator;
  rapidjson::Document document;
};

}  // namespace pgplumb::parser
