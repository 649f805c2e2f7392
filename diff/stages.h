#pragma once
// Where each kind comes in a plan that no dependency orders otherwise: creating goes up, dropping comes down. What
// belongs to one table has one stage, so that it stands together.

namespace pgplumb::diff::stage {

inline constexpr int role = 10, tablespace = 12, schema = 20, extension = 22, language = 24, access_method = 26,
                     collation = 28, type = 30, foreign_server = 34, sequence = 36, function = 40, oper = 42,
                     text_search = 44, table = 50, statistics = 52, foreign_key = 56, view = 60, rule = 64, trigger = 66,
                     policy = 68, event_trigger = 70, publication = 72, subscription = 74, security_label = 76,
                     grant = 80, default_privilege = 84;

}  // namespace pgplumb::diff::stage
