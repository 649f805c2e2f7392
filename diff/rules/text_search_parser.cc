#include "catalog/kinds/text_search_parser.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::TextSearchParser;

namespace {

void create_parser(const TextSearchParser& parser, Creation& creation) {
  const SqlNames& names = creation.names;
  std::vector<std::string> parts = {"START = " + names.qualified(parser.start), "GETTOKEN = " + names.qualified(parser.token),
                                    "END = " + names.qualified(parser.end),
                                    "LEXTYPES = " + names.qualified(parser.token_types)};
  if (parser.headline) parts.push_back("HEADLINE = " + names.qualified(parser.headline));
  creation.out.add("CREATE " + names.address(parser) + " (" + join(parts) + ")");
}

constexpr auto text_search_parser_fields =
    field_rules(replace<&TextSearchParser::start>(), replace<&TextSearchParser::token>(),
                replace<&TextSearchParser::end>(), replace<&TextSearchParser::headline>(),
                replace<&TextSearchParser::token_types>());

}  // namespace

constinit const KindRules text_search_parser_rules = {
    .stage = stage::text_search,
    .create = create_with<create_parser>,
    .drop = drop_by_address,
    .fields = text_search_parser_fields,
};

}  // namespace pgplumb::diff
