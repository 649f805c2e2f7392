#pragma once
// SQL names as XML names: map_sql_identifier_to_xml_name of PostgreSQL's utils/adt/xml.c.
#include <string>
#include <string_view>

namespace pgplumb::engine::analyze {

/// What an XML name may not hold is escaped as _xHHHH_; `fully_escaped` also escapes colons and a leading "xml". Throws
/// NotSimulated for characters whose class in XML is not known here.
std::string to_xml_name(std::string_view name, bool fully_escaped, int location);

}  // namespace pgplumb::engine::analyze
