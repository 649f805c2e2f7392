#pragma once
// A label that a security policy module keeps on an object (pg_seclabel, pg_shseclabel).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct SecurityLabel : Object {  // its name is the provider's
  std::string label;
};

inline constexpr auto security_label_fields =
    fields(field<&Object::parent>("target", parent, "l.classoid || '/' || l.objoid || '/' || l.objsubid"),
           field<&Object::name>("provider", identity, "l.provider"),
           field<&SecurityLabel::label>("label", attribute, "l.label"));

}  // namespace pgplumb::catalog
