#pragma once
// A function, window functions included (pg_proc, prokind f and w).
#include "catalog/kinds/routine.h"

namespace pgplumb::catalog {

struct Function : Routine {
  /// The range type of whose values, or of whose multirange's, it is a constructor. It follows from the type and is never
  /// compared, as pg_dump leaves it out.
  AnyRef constructs;
};

#define PGPLUMB_CONSTRUCTS(TYPE)                                                                                     \
  "CASE WHEN p.prolang = 12 THEN (SELECT '1247/' || " TYPE " FROM pg_depend d WHERE d.classid = 1255 AND d.objid = p.oid " \
  "AND d.deptype = 'i' AND d.refclassid = 1247) END"
inline constexpr auto function_fields = fields(
    routine_fields,
    field<&Function::constructs>(
        "constructs", info | EdgeType::internal,
        PGPLUMB_CONSTRUCTS("coalesce((SELECT r.rngtypid FROM pg_range r WHERE r.rngmultitypid = d.refobjid), d.refobjid)"))
        .before(14, PGPLUMB_CONSTRUCTS("d.refobjid")));
#undef PGPLUMB_CONSTRUCTS

}  // namespace pgplumb::catalog
