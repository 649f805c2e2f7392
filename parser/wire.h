#pragma once
// A repair. Up to 15, libpg_query's JSON leaves out integers below zero (pg_query_outfuncs_json.c, _outInteger), so
// that DEFAULT -1 reads as DEFAULT 0; its protobuf form has them. From 16 on there is nothing to repair.
#include <rapidjson/document.h>

#include <string>
#include <string_view>

namespace pgplumb::parser {

/// Whether anything may be missing, by the text and by the JSON that was made of it: most statements need no second
/// look.
bool may_lack_integers(std::string_view text, std::string_view json);

/// Puts the negative integers of `text` into the tree that was made of it.
void repair_integers(const std::string& text, rapidjson::Document& tree);

}  // namespace pgplumb::parser
