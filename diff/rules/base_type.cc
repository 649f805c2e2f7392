#include "catalog/kinds/base_type.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::BaseType;

namespace {

void routines(const BaseType& type, const SqlNames& names, std::vector<std::string>& parts) {
  const auto part = [&](std::string_view word, AnyRef ref) {
    if (ref) parts.push_back(std::string(word) + " = " + names.qualified(ref));
  };
  part("INPUT", type.input);
  part("OUTPUT", type.output);
  part("RECEIVE", type.receive);
  part("SEND", type.send);
  part("TYPMOD_IN", type.typmod_input);
  part("TYPMOD_OUT", type.typmod_output);
  part("ANALYZE", type.analyze);
}

std::string_view alignment_word(const std::string& letter) {
  return letter == "c" ? "char" : letter == "s" ? "int2" : letter == "d" ? "double" : "int4";
}

std::string_view storage_word(const std::string& letter) {
  return letter == "e" ? "external" : letter == "x" ? "extended" : letter == "m" ? "main" : "plain";
}

void properties(const BaseType& type, const SqlNames& names, std::vector<std::string>& parts) {
  parts.push_back("INTERNALLENGTH = " + (type.length < 0 ? std::string("VARIABLE") : std::to_string(type.length)));
  if (type.by_value) parts.emplace_back("PASSEDBYVALUE");
  if (type.alignment != "i") parts.push_back("ALIGNMENT = " + std::string(alignment_word(type.alignment)));
  if (type.storage != "p") parts.push_back("STORAGE = " + std::string(storage_word(type.storage)));
  if (type.category != "U") parts.push_back("CATEGORY = " + catalog::quote_literal(type.category));
  if (type.preferred) parts.emplace_back("PREFERRED = true");
  if (!type.default_value.empty()) parts.push_back("DEFAULT = " + catalog::quote_literal(type.default_value));
  if (type.element) parts.push_back("ELEMENT = " + names.type(type.element));
  if (type.delimiter != ",") parts.push_back("DELIMITER = " + catalog::quote_literal(type.delimiter));
  if (type.collation) parts.emplace_back("COLLATABLE = true");
}

void create_shell(const BaseType& type, Creation& creation) {
  creation.out.add("CREATE TYPE " + creation.names.qualified(type));
}

/// The functions that read and write a type need it to be declared, and its definition needs them.
void define(const BaseType& from, const BaseType& to, Alteration& alteration) {
  const bool declared_only = !from.defined || !from.input;
  if (!declared_only) return alteration.replace();
  if (!to.defined) return;
  std::vector<std::string> parts;
  routines(to, alteration.to, parts);
  properties(to, alteration.to, parts);
  alteration.out.add("CREATE TYPE " + alteration.to.qualified(to) + " (\n    " + join(parts, ",\n    ") + "\n)");
}

void drop_type(const BaseType& type, Removal& removal) {
  if (type.defined)
    removal.out.impossible("type " + removal.names.qualified(type) +
                           ": a base type can't be dropped without the functions that it is made of");
  else
    removal.out.add("DROP TYPE " + removal.names.qualified(type));
}

constexpr auto base_type_fields = field_rules(
    alter<&BaseType::defined, define>().late(), alter<&BaseType::input, define>().late(),
    alter<&BaseType::output, define>().late(), alter<&BaseType::receive, define>().late(),
    alter<&BaseType::send, define>().late(), alter<&BaseType::typmod_input, define>().late(),
    alter<&BaseType::typmod_output, define>().late(), alter<&BaseType::analyze, define>().late(),
    alter<&BaseType::length, define>().late(), alter<&BaseType::by_value, define>().late(),
    alter<&BaseType::alignment, define>().late(), alter<&BaseType::storage, define>().late(),
    alter<&BaseType::category, define>().late(), alter<&BaseType::preferred, define>().late(),
    alter<&BaseType::default_value, define>().late(), alter<&BaseType::element, define>().late(),
    alter<&BaseType::delimiter, define>().late(), alter<&BaseType::collation, define>().late());

}  // namespace

constinit const KindRules base_type_rules = {
    .stage = stage::type,
    .create = create_with<create_shell>,
    .drop = drop_with<drop_type>,
    .fields = base_type_fields,
};

}  // namespace pgplumb::diff
