#pragma once
// A text search dictionary (pg_ts_dict).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct TextSearchDictionary : Object {
  AnyRef template_;
  std::string options;  // as PostgreSQL prints them: "language = 'english', stopwords = 'english'"
};

inline constexpr auto text_search_dictionary_fields =
    fields(field<&Object::parent>("schema", parent, "'2615/' || d.dictnamespace"),
           field<&Object::name>("name", identity, "d.dictname"),
           field<&TextSearchDictionary::template_>("template", attribute, "'3764/' || d.dicttemplate"),
           field<&TextSearchDictionary::options>("options", attribute, "d.dictinitoption"));

}  // namespace pgplumb::catalog
