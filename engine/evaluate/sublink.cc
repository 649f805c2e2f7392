// Subqueries within expressions: nodeSubplan.c.
#include "catalog/type_oids.h"
#include "engine/analyze/vars.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/executor.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;

class SubLinkRun {
 public:
  SubLinkRun(Executor& executor, const expr::SubLink& link, Frame& frame)
      : executor_(executor), link_(link), frame_(frame) {}

  Value value() {
    switch (link_.kind) {
      case expr::SubLinkKind::exists:
        return Value::boolean(!rows(1).empty());
      case expr::SubLinkKind::expr:
        return scalar();
      case expr::SubLinkKind::array:
        return array();
      case expr::SubLinkKind::any:
        return quantified(true);
      case expr::SubLinkKind::all:
        return quantified(false);
      case expr::SubLinkKind::row_compare:
        return row_compare();
      default:
        throw NotSimulated("a subquery of many columns");
    }
  }

 private:
  const Rows& rows(std::size_t limit = SIZE_MAX) {
    SubLinkState& state = frame_.sublinks[&link_];
    if (!state.frame) {
      state.frame = std::make_unique<Frame>(*link_.query, &frame_);
      for (int level = 1; level < 40 && !state.correlated; ++level)
        state.correlated = analyze::contains_vars_of_level(link_.query, level);
    }
    if (!state.rows || state.correlated) state.rows = executor_.run(*link_.query, *state.frame, limit);
    return *state.rows;
  }

  const Values* only_row() {
    const Rows& found = rows(2);
    if (found.size() > 1) throw SqlError("21000", "more than one row returned by a subquery used as an expression");
    return found.empty() ? nullptr : &found.front();
  }

  Value scalar() {
    const Values* row = only_row();
    if (!row) return Value::null(link_.type);
    Value value = row->front();
    value.type = link_.type;
    return value;
  }

  Value array() {
    std::vector<Element> elements;
    for (const Values& row : rows()) {
      if (row.front().is_unknown()) return Value::unknown(link_.type, row.front().text);
      elements.push_back(row.front().is_known() ? Element(row.front().text) : Element());
    }
    return array_value(link_.type, std::move(elements));
  }

  Value tested(const Values& row) {
    executor_.sublink_rows_.push_back(&row);
    struct Leave {
      std::vector<const Values*>& rows;
      ~Leave() { rows.pop_back(); }
    } leave{executor_.sublink_rows_};
    return executor_.evaluate(link_.test, frame_);
  }

  Value quantified(bool any) {
    Value outcome = Value::boolean(!any);
    for (const Values& row : rows()) {
      Value one = tested(row);
      if (one.is_known() && (one.text == "t") == any) return one;
      if (!one.is_known() && !outcome.is_unknown()) outcome = std::move(one);
    }
    return outcome;
  }

  Value row_compare() {
    const Values* row = only_row();
    return row ? tested(*row) : Value::null(types::bool_);
  }

  Executor& executor_;
  const expr::SubLink& link_;
  Frame& frame_;
};

Value Executor::sublink(const expr::SubLink& link, Frame& frame) { return SubLinkRun(*this, link, frame).value(); }

}  // namespace pgplumb::engine::evaluate
