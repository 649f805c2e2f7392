#include "catalog/kinds/foreign_server.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::ForeignServer;

namespace {

void create_server(const ForeignServer& server, Creation& creation) {
  const SqlNames& names = creation.names;
  std::string sql = "CREATE " + names.address(server);
  if (!server.type.empty()) sql += " TYPE " + catalog::quote_literal(server.type);
  if (!server.version.empty()) sql += " VERSION " + catalog::quote_literal(server.version);
  sql += " FOREIGN DATA WRAPPER " + names.qualified(server.wrapper);
  creation.out.add(sql + foreign_options_clause(server.options, names.address(server), creation.out));
}

void alter_server(const ForeignServer& from, const ForeignServer& to, Alteration& alteration) {
  std::string sql = "ALTER " + alteration.to.address(to);
  if (from.version != to.version)
    sql += " VERSION " + (to.version.empty() ? std::string("NULL") : catalog::quote_literal(to.version));
  if (alteration.changes<&ForeignServer::options>())
    sql += " " + alter_foreign_options(from.options, to.options, alteration.to.address(to), alteration.out);
  alteration.out.add(std::move(sql));
}

constexpr auto foreign_server_fields =
    field_rules(replace<&ForeignServer::wrapper>(), replace<&ForeignServer::type>(),
                alter<&ForeignServer::version, alter_server>(), alter<&ForeignServer::options, alter_server>());

}  // namespace

constinit const KindRules foreign_server_rules = {
    .stage = stage::foreign_server,
    .create = create_with<create_server>,
    .drop = drop_by_address,
    .fields = foreign_server_fields,
};

}  // namespace pgplumb::diff
