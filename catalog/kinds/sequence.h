#pragma once
// A sequence (pg_sequence), by itself, of a serial column, or of an identity column.
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

/// How a sequence belongs to its column: the flavour of its pg_depend row.
enum class SequenceOwnership : std::uint8_t { none, owned, identity };
inline constexpr EnumEntry sequence_ownership_entries[] = {{0, "", "none"}, {1, "a", "owned"}, {2, "i", "identity"}};
constexpr std::span<const EnumEntry> enum_entries(SequenceOwnership) { return sequence_ownership_entries; }

struct Sequence : Object {
  Persistence persistence = Persistence::permanent;
  TypeRef type;
  std::int64_t start = 1;
  std::int64_t increment = 1;
  std::int64_t minimum = 1;
  std::int64_t maximum = 0;
  std::int64_t cache = 1;
  bool cycle = false;
  SequenceOwnership ownership = SequenceOwnership::none;
  Ref<Column> owned_by;
};

inline constexpr auto sequence_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || c.relnamespace"),
    field<&Object::name>("name", identity, "c.relname"),
    field<&Sequence::persistence>("persistence", attribute, "c.relpersistence"),
    field<&Sequence::type>("type", attribute, "s.seqtypid"), field<&Sequence::start>("start", attribute, "s.seqstart"),
    field<&Sequence::increment>("increment", attribute, "s.seqincrement"),
    field<&Sequence::minimum>("minimum", attribute, "s.seqmin"),
    field<&Sequence::maximum>("maximum", attribute, "s.seqmax"),
    field<&Sequence::cache>("cache", attribute, "s.seqcache"),
    field<&Sequence::cycle>("cycle", attribute, "s.seqcycle"),
    field<&Sequence::ownership>("ownership", attribute, "coalesce(d.deptype::text, '')"),
    field<&Sequence::owned_by>("owned_by", attribute | EdgeType::automatic, "d.refobjid || '/' || d.refobjsubid"));

}  // namespace pgplumb::catalog
