#include "catalog/kinds/sequence.h"

#include "diff/rules/relation.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Persistence;
using catalog::SequenceOwnership;

namespace {

void create_sequence(const Sequence& sequence, Creation& creation) {
  creation.out.add(std::string(sequence.persistence == Persistence::unlogged ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ") +
                   creation.names.qualified(sequence) + sequence_options(sequence, creation.names, true));
}

void drop_sequence(const Sequence& sequence, Removal& removal) {
  Step& step = removal.out.add("DROP " + removal.names.address(sequence));
  if (sequence.ownership == SequenceOwnership::none)
    destroys(step, "drops the position of sequence " + removal.names.qualified(sequence));
}

std::string_view sequence_holds_data(const Object& object, const Catalog&) {
  return static_cast<const Sequence&>(object).ownership == SequenceOwnership::none ? "its position" : "";
}

/// A sequence of an identity column is made and dropped with it.
bool is_of_identity(const Object& object, const SqlNames&) {
  return static_cast<const Sequence&>(object).ownership == SequenceOwnership::identity;
}

std::string owning_column(const Object& object, const SqlNames& names) {
  const auto* column = names.catalog().find_as<Column>(static_cast<const Sequence&>(object).owned_by.oid);
  return column ? names.parent(*column) + "." + quoted(column->name) : std::string();
}

/// An identity column that stays keeps its sequence.
bool is_renamed_of_identity(const Object& from, const Object& to, const SqlNames& from_names, const SqlNames& to_names) {
  return is_of_identity(from, from_names) && is_of_identity(to, to_names) &&
         owning_column(from, from_names) == owning_column(to, to_names);
}

void alter_sequence_persistence(const Sequence& from, const Sequence& to, Alteration& alteration) {
  if (to.ownership != SequenceOwnership::none && from.ownership == to.ownership) return;  // follows its table
  alteration.out.add("ALTER SEQUENCE " + alteration.to.qualified(to) +
                     (to.persistence == Persistence::unlogged ? " SET UNLOGGED" : " SET LOGGED"));
}

/// Bounds changed one by one could be invalid meanwhile.
void alter_sequence_options(const Sequence& from, const Sequence& to, Alteration& alteration) {
  std::string options;
  const auto option = [&](bool differs, std::string_view words, std::int64_t value) {
    if (differs) options.append(" ").append(words).append(" ").append(std::to_string(value));
  };
  const bool retyped = alteration.from.type(from.type) != alteration.to.type(to.type);
  if (retyped) options += " AS " + alteration.to.type(to.type);
  option(from.increment != to.increment, "INCREMENT BY", to.increment);
  option(retyped || from.minimum != to.minimum, "MINVALUE", to.minimum);
  option(retyped || from.maximum != to.maximum, "MAXVALUE", to.maximum);
  option(from.start != to.start, "START WITH", to.start);
  option(from.cache != to.cache, "CACHE", to.cache);
  if (from.cycle != to.cycle) options += to.cycle ? " CYCLE" : " NO CYCLE";
  if (!options.empty()) alteration.out.add("ALTER SEQUENCE " + alteration.to.qualified(to) + options);
}

void rename_sequence(const Object& from, const Object& to, Alteration& alteration) {
  alteration.out.add("ALTER SEQUENCE " + alteration.from.qualified(from) + " RENAME TO " + quoted(to.name));
  alter_sequence_options(static_cast<const Sequence&>(from), static_cast<const Sequence&>(to), alteration);
}

void alter_ownership(const Sequence& from, const Sequence& to, Alteration& alteration) {
  if (from.ownership == SequenceOwnership::identity || to.ownership == SequenceOwnership::identity)
    return alteration.replace();
  const std::string column = owning_column(to, alteration.to);
  alteration.out.add("ALTER SEQUENCE " + alteration.to.qualified(to) + " OWNED BY " + (column.empty() ? "NONE" : column));
}

constexpr auto sequence_fields = field_rules(
    alter<&Sequence::persistence, alter_sequence_persistence>(), alter<&Sequence::type, alter_sequence_options>(),
    alter<&Sequence::start, alter_sequence_options>(), alter<&Sequence::increment, alter_sequence_options>(),
    alter<&Sequence::minimum, alter_sequence_options>(), alter<&Sequence::maximum, alter_sequence_options>(),
    alter<&Sequence::cache, alter_sequence_options>(), alter<&Sequence::cycle, alter_sequence_options>(),
    alter<&Sequence::ownership, alter_ownership>().late(), alter<&Sequence::owned_by, alter_ownership>().late());

}  // namespace

constinit const KindRules sequence_rules = {
    .stage = stage::sequence,
    .create = create_with<create_sequence>,
    .drop = drop_with<drop_sequence>,
    .fields = sequence_fields,
    .implied = is_of_identity,
    .is_renamed = is_renamed_of_identity,
    .rename = rename_sequence,
    .holds_data = sequence_holds_data,
};

}  // namespace pgplumb::diff
