#include "catalog/kinds/security_label.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::SecurityLabel;

namespace {

std::string security_label_head(const SecurityLabel& label, const SqlNames& names) {
  return "SECURITY LABEL FOR " + quoted(label.name) + " ON " + names.address(label.parent) + " IS ";
}

void create_label(const SecurityLabel& label, Creation& creation) {
  creation.out.add(security_label_head(label, creation.names) + catalog::quote_literal(label.label));
}

void drop_label(const SecurityLabel& label, Removal& removal) { removal.out.add(security_label_head(label, removal.names) + "NULL"); }

void alter_label(const SecurityLabel&, const SecurityLabel& to, Alteration& alteration) {
  alteration.out.add(security_label_head(to, alteration.to) + catalog::quote_literal(to.label));
}

constexpr auto security_label_fields = field_rules(alter<&SecurityLabel::label, alter_label>());

}  // namespace

constinit const KindRules security_label_rules = {
    .stage = stage::security_label,
    .create = create_with<create_label>,
    .drop = drop_with<drop_label>,
    .fields = security_label_fields,
};

}  // namespace pgplumb::diff
