#include "catalog/kinds/text_search_template.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::TextSearchTemplate;

namespace {

void create_template(const TextSearchTemplate& object, Creation& creation) {
  const SqlNames& names = creation.names;
  const std::string init = object.init ? "INIT = " + names.qualified(object.init) + ", " : "";
  creation.out.add("CREATE " + names.address(object) + " (" + init + "LEXIZE = " + names.qualified(object.lexize) + ")");
}

constexpr auto text_search_template_fields = field_rules(replace<&TextSearchTemplate::init>(), replace<&TextSearchTemplate::lexize>());

}  // namespace

constinit const KindRules text_search_template_rules = {
    .stage = stage::text_search,
    .create = create_with<create_template>,
    .drop = drop_by_address,
    .fields = text_search_template_fields,
};

}  // namespace pgplumb::diff
