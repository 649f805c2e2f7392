#include "catalog/kinds/publication.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Publication;

namespace {

std::string parameters(const Publication& publication, bool all) {
  std::vector<std::string> events, parts;
  if (publication.insert) events.emplace_back("insert");
  if (publication.update) events.emplace_back("update");
  if (publication.delete_) events.emplace_back("delete");
  if (publication.truncate) events.emplace_back("truncate");
  constexpr std::size_t every = 4;
  if (all || events.size() != every) parts.push_back("publish = " + catalog::quote_literal(join(events)));
  if (all || publication.via_partition_root)
    parts.push_back(std::string("publish_via_partition_root = ") + (publication.via_partition_root ? "true" : "false"));
  if (publication.generated_columns == catalog::GeneratedColumns::stored)
    parts.emplace_back("publish_generated_columns = stored");
  return join(parts);
}

void create_publication(const Publication& publication, Creation& creation) {
  const std::string with = parameters(publication, false);
  creation.out.add("CREATE " + creation.names.address(publication) + (publication.all_tables ? " FOR ALL TABLES" : "") +
                   (with.empty() ? "" : " WITH (" + with + ")"));
}

void alter_parameters(const Publication& from, const Publication& to, Alteration& alteration) {
  std::string all = parameters(to, true);
  if (from.generated_columns != to.generated_columns && to.generated_columns == catalog::GeneratedColumns::none)
    all += ", publish_generated_columns = none";
  alteration.out.add("ALTER " + alteration.to.address(to) + " SET (" + all + ")");
}

constexpr auto publication_fields = field_rules(
    replace<&Publication::all_tables>(), alter<&Publication::insert, alter_parameters>(),
    alter<&Publication::update, alter_parameters>(), alter<&Publication::delete_, alter_parameters>(),
    alter<&Publication::truncate, alter_parameters>(), alter<&Publication::via_partition_root, alter_parameters>(),
    alter<&Publication::generated_columns, alter_parameters>());

}  // namespace

constinit const KindRules publication_rules = {
    .stage = stage::publication,
    .create = create_with<create_publication>,
    .drop = drop_by_address,
    .fields = publication_fields,
};

}  // namespace pgplumb::diff
