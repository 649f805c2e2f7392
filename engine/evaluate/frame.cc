#include "engine/evaluate/frame.h"

#include "engine/evaluate/join.h"

namespace pgplumb::engine::evaluate {

Frame::Frame(const expr::Query& level, Frame* around) : query(level), outer(around), slots(level.range_table.size()) {}
Frame::~Frame() = default;

}  // namespace pgplumb::engine::evaluate
