#pragma once
// The options of text search dictionaries, which pg_ts_dict keeps as one text: serialize_deflist and
// deserialize_deflist of commands/tsearchcmds.c.
#include <string>
#include <string_view>
#include <vector>

#include "engine/ddl/def_elem.h"

namespace pgplumb::engine::ddl {

struct DictionaryOption {
  std::string name;
  std::string value;  // as SQL: a number, or a quoted string
};
using DictionaryOptions = std::vector<DictionaryOption>;

std::string dictionary_value(ast::DefElem option);
/// `name = value, name = value`
std::string write_options(const DictionaryOptions& options);
DictionaryOptions read_options(std::string_view text);

}  // namespace pgplumb::engine::ddl
