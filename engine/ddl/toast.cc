#include "engine/ddl/toast.h"

#include <algorithm>

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/base_type.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/table.h"
#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/ddl/cache.h"

namespace pgplumb::engine::ddl {

namespace {

namespace types = catalog::types;
using catalog::Column;
using catalog::MaterializedView;
using catalog::Table;

constexpr int longest_character = 4;  // of UTF8, in bytes
constexpr int value_header = 4;       // VARHDRSZ
constexpr int row_header = 23;        // SizeofHeapTupleHeader
constexpr int toast_threshold = 2032; // TOAST_TUPLE_THRESHOLD

int align(int length, int to) { return (length + to - 1) / to * to; }

int bytes_of_alignment(char letter) {
  switch (letter) {
    case 'c': return 1;
    case 's': return 2;
    case 'd': return 8;
    default: return 4;
  }
}

struct Layout {
  int length = -1;
  int alignment = 4;
};

Layout layout_of(const Interpreter& interpreter, Oid type) {
  if (const auto* row = catalog::builtin::of(interpreter.major()).type_by_oid(type))
    return {row->typlen, bytes_of_alignment(row->typalign)};
  const catalog::Object* object = interpreter.catalog().find(type);
  if (catalog::form_of_type(type) == catalog::TypeForm::plain && object) {
    if (object->kind == catalog::Kind::enum_type) return {4, 4};
    if (const auto* made = interpreter.catalog().find_as<catalog::BaseType>(type))
      return {made->length, bytes_of_alignment(made->alignment.empty() ? 'i' : made->alignment[0])};
  }
  return {};
}

/// type_maximum_size of utils/adt/format_type.c; -1: without limit.
int longest_value(Oid type, std::int32_t modifier) {
  if (modifier < 0) return -1;
  switch (type) {
    case types::bpchar:
    case types::varchar: return (modifier - value_header) * longest_character + value_header;
    case types::numeric: {
      const int precision = ((modifier - value_header) >> 16) & 0xffff;
      return 8 + (precision + 6) / 4 * 2;
    }
    case types::bit:
    case types::varbit: return (modifier + 7) / 8 + 8;
    default: return -1;
  }
}

bool needs_toast_table(const Interpreter& interpreter, Oid relation) {
  int length = 0, count = 0;
  bool toastable = false, unlimited = false;
  for (const Column* column : interpreter.catalog().children_of<Column>(relation)) {
    count = std::max<int>(count, column->number);
    if (column->generated == catalog::Generated::virtual_) continue;
    const Layout layout = layout_of(interpreter, analyze::base_type(cache_of(interpreter), column->type.type));
    length = align(length, layout.alignment);
    // How long the values of a domain may be, the server does not ask.
    const int most = layout.length > 0 ? layout.length : longest_value(column->type.type, column->type.typmod);
    unlimited |= most < 0;
    length += most < 0 ? 0 : most;
    toastable |= layout.length <= 0 && column->storage != catalog::Storage::plain;
  }
  if (!toastable) return false;
  return unlimited || align(row_header + (count + 7) / 8, 8) + align(length, 8) > toast_threshold;
}

template <class T>
void set_toast_table(catalog::Catalog& catalog, Oid relation, bool there) {
  const catalog::Ref<T> ref{relation};
  const T& object = catalog.get(ref);
  if (object.has_toast_table != there) catalog.edit(ref).template set<&T::has_toast_table>(there);
  if (!there && !catalog.get(ref).toast_options.empty())
    catalog.edit(ref).template set<&T::toast_options>(catalog::Options());
}

void set_toast_table(Interpreter& interpreter, Oid relation, bool there) {
  if (interpreter.catalog().find_as<Table>(relation))
    set_toast_table<Table>(interpreter.catalog(), relation, there);
  else
    set_toast_table<MaterializedView>(interpreter.catalog(), relation, there);
}

}  // namespace

bool has_toast_table(const catalog::Catalog& catalog, Oid relation) {
  if (const auto* table = catalog.find_as<Table>(relation)) return table->has_toast_table;
  const auto* view = catalog.find_as<MaterializedView>(relation);
  return view && view->has_toast_table;
}

void create_toast_table(Interpreter& interpreter, Oid relation) {
  if (!has_toast_table(interpreter.catalog(), relation))
    set_toast_table(interpreter, relation, needs_toast_table(interpreter, relation));
}

void rewrite_toast_table(Interpreter& interpreter, Oid relation) {
  if (has_toast_table(interpreter.catalog(), relation))
    set_toast_table(interpreter, relation, needs_toast_table(interpreter, relation));
}

}  // namespace pgplumb::engine::ddl
