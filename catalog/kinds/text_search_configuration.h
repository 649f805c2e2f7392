#pragma once
// A text search configuration (pg_ts_config, with pg_ts_config_map).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

/// Which dictionaries a type of token goes through, in order.
struct TokenMapping {
  std::string token;
  std::vector<AnyRef> dictionaries;
};
inline constexpr auto token_mapping_fields = fields(field<&TokenMapping::token>("token", attribute),
                                                    field<&TokenMapping::dictionaries>("dictionaries", attribute));
constexpr std::span<const FieldInfo> nested_fields(const TokenMapping*) { return token_mapping_fields; }

struct TextSearchConfiguration : Object {
  AnyRef parser;
  std::vector<TokenMapping> mappings;
};

inline constexpr auto text_search_configuration_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || c.cfgnamespace"),
    field<&Object::name>("name", identity, "c.cfgname"),
    field<&TextSearchConfiguration::parser>("parser", attribute, "'3601/' || c.cfgparser"),
    field<&TextSearchConfiguration::mappings>(
        "mappings", attribute | set,
        "(SELECT json_agg(json_build_object('token', m.alias, 'dictionaries', m.dictionaries)) FROM ("
        "SELECT t.alias, json_agg('3600/' || p.mapdict ORDER BY p.mapseqno) AS dictionaries FROM pg_ts_config_map p "
        "JOIN ts_token_type(c.cfgparser) t ON t.tokid = p.maptokentype WHERE p.mapcfg = c.oid GROUP BY t.alias) m)"));

}  // namespace pgplumb::catalog
