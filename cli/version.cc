#include "cli/version.h"

#include <fmt/format.h>

#include "parser/pg_query.h"

#ifndef PGPLUMB_VERSION
#define PGPLUMB_VERSION "0.0.0"
#endif

namespace pgplumb::cli {

std::string tool_version() { return PGPLUMB_VERSION; }

std::string grammar_version() { return std::to_string(parser::grammar_version()); }

std::string version_text() {
  return fmt::format("pgplumb {} (grammar of PostgreSQL {}, servers 13 to 18)", tool_version(), grammar_version());
}

}  // namespace pgplumb::cli
