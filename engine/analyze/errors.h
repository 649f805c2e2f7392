#pragma once
// PostgreSQL's errors, with the position that parser_errposition() would give them.
#include <string>
#include <utility>

#include "catalog/base/diagnostic.h"

namespace pgplumb::engine::analyze {

using catalog::NotSimulated;
using catalog::SqlError;

/// SQLSTATEs by their names in errcodes.txt.
namespace errcode {
inline constexpr const char *syntax_error = "42601", *undefined_object = "42704", *undefined_function = "42883",
                            *undefined_table = "42P01", *undefined_column = "42703", *undefined_parameter = "42P02",
                            *undefined_schema = "3F000", *ambiguous_function = "42725", *ambiguous_column = "42702",
                            *ambiguous_alias = "42P09", *duplicate_column = "42701", *duplicate_alias = "42712",
                            *duplicate_object = "42710", *datatype_mismatch = "42804", *cannot_coerce = "42846",
                            *wrong_object_type = "42809", *feature_not_supported = "0A000",
                            *grouping_error = "42803", *windowing_error = "42P20", *invalid_recursion = "42P19",
                            *collation_mismatch = "42P21", *indeterminate_collation = "42P22",
                            *indeterminate_datatype = "42P18", *invalid_column_reference = "42P10",
                            *invalid_parameter_value = "22023", *invalid_text_representation = "22P02",
                            *numeric_value_out_of_range = "22003", *datetime_field_overflow = "22008",
                            *invalid_datetime_format = "22007", *invalid_function_definition = "42P13",
                            *invalid_table_definition = "42P16", *invalid_object_definition = "42P17",
                            *too_many_arguments = "54023", *too_many_columns = "54011", *name_too_long = "42622",
                            *string_data_right_truncation = "22001", *string_data_length_mismatch = "22026",
                            *array_subscript_error = "2202E", *program_limit_exceeded = "54000",
                            *invalid_foreign_key = "42830", *most_specific_type_mismatch = "2200G",
                            *statement_too_complex = "54001", *reserved_name = "42939", *undefined_cursor = "34000",
                            *untranslatable_character = "22P05", *invalid_escape_sequence = "22025",
                            *bad_copy_file_format = "22P04", *invalid_json_text = "22032",
                            *invalid_xml_document = "2200M", *invalid_xml_content = "2200N",
                            *generated_always = "428C9", *check_violation = "23514", *not_null_violation = "23502",
                            *invalid_binary_representation = "22P03",
                            *unsafe_new_enum_value_usage = "55P04";
}  // namespace errcode

/// Throws the SqlError, at a byte offset of the statement (-1: none).
[[noreturn]] inline void fail(const char* sqlstate, std::string message, int location = -1, std::string detail = {},
                              std::string hint = {}) {
  SqlError error(sqlstate, std::move(message), std::move(detail), std::move(hint));
  error.location = location;
  throw error;
}

/// Throws NotSimulated: PostgreSQL would go on here, and this program can't.
[[noreturn]] inline void not_simulated(const std::string& reason, int location = -1) {
  NotSimulated error(reason);
  error.location = location;
  throw error;
}

}  // namespace pgplumb::engine::analyze
