#pragma once
// P1Y2M3DT4H5M6S and its alternative forms.
#include <string_view>

#include "engine/analyze/literal/interval_units.h"

namespace pgplumb::engine::analyze::literal {

/// Throws DateTimeFault.
Interval read_iso_interval(std::string_view text, int major);

}  // namespace pgplumb::engine::analyze::literal
