#pragma once
#include <string>

namespace pgplumb::cli {

/// The program's own version: "0.1.0".
std::string tool_version();
/// The PostgreSQL major whose grammar is linked, as libpg_query names it: "15".
std::string grammar_version();
/// Both, as `pgplumb --version` prints them.
std::string version_text();

}  // namespace pgplumb::cli
