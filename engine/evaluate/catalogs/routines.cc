// pg_proc, pg_language, pg_operator, pg_opclass, pg_cast, pg_am, pg_collation.
#include <algorithm>

#include "catalog/kinds/access_method.h"
#include "catalog/kinds/aggregate.h"
#include "catalog/kinds/cast.h"
#include "catalog/kinds/collation.h"
#include "catalog/kinds/language.h"
#include "catalog/kinds/operator_.h"
#include "catalog/kinds/operator_class.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/catalogs/table.h"

namespace pgplumb::engine::evaluate {

using catalog::Kind;

namespace {

// --- pg_proc
// -----------------------------------------------------------------------------------------------------------

struct ProcSource {
  const analyze::ProcRow* row = nullptr;
  const builtin::Proc* builtin = nullptr;
  const catalog::Routine* object = nullptr;
};

using RoutineRow = ProcSource;

std::vector<RoutineRow> proc_rows(Interpreter& interpreter) {
  const analyze::Syscache& cache = interpreter.cache();
  std::vector<RoutineRow> rows;
  for (const builtin::Proc& proc : cache.builtin().procs()) rows.push_back({cache.proc(proc.oid), &proc, nullptr});
  interpreter.catalog().for_each([&](const Object& object) {
    if (object.kind == Kind::function || object.kind == Kind::procedure || object.kind == Kind::aggregate)
      rows.push_back({cache.proc(object.oid), nullptr, static_cast<const catalog::Routine*>(&object)});
  });
  return rows;
}

std::vector<analyze::ArgRow> arguments(const Source& source, const RoutineRow& row) {
  return source.cache.proc_args(row.row->oid);
}

bool has_outputs(const std::vector<analyze::ArgRow>& args) {
  return std::any_of(args.begin(), args.end(),
                     [](const analyze::ArgRow& arg) { return arg.mode != analyze::ArgMode::in; });
}

Value all_types(const Source& source, const RoutineRow& row) {
  std::vector<Oid> types;
  const auto args = arguments(source, row);
  for (const analyze::ArgRow& arg : args) types.push_back(arg.type);
  return has_outputs(args) ? oids_value(types, false) : null_value();
}

Value argument_modes(const Source& source, const RoutineRow& row) {
  std::vector<Element> modes;
  const auto args = arguments(source, row);
  for (const analyze::ArgRow& arg : args) modes.push_back(std::string(1, static_cast<char>(arg.mode)));
  return has_outputs(args) ? array_value(invalid_oid, std::move(modes)) : null_value();
}

Value argument_names(const Source& source, const RoutineRow& row) {
  std::vector<Element> names;
  bool named = false;
  for (const analyze::ArgRow& arg : arguments(source, row)) {
    names.push_back(std::string(arg.name));
    named = named || !arg.name.empty();
  }
  return named ? array_value(invalid_oid, std::move(names)) : null_value();
}

Value source_text(const Source&, const RoutineRow& row) {
  if (row.object && row.object->kind == Kind::aggregate) return text_value("aggregate_dummy");
  if (row.object) return text_value(row.object->body);
  if (row.builtin->prolang != builtin::internal_language)
    return Value::unknown(invalid_oid, "the text of a system function");
  return text_value(row.builtin->prosrc.is_null() ? row.builtin->proname.view() : row.builtin->prosrc.view());
}

const CatalogColumn<RoutineRow> proc_columns[] = {
    {"oid", [](const Source&, const RoutineRow& row) { return oid_value(row.row->oid); }},
    {"proname", [](const Source&, const RoutineRow& row) { return text_value(row.row->name); }},
    {"pronamespace", [](const Source&, const RoutineRow& row) { return oid_value(row.row->schema); }},
    {"proowner", [](const Source& source, const RoutineRow& row) { return owner_value(source, row.object); }},
    {"prolang",
     [](const Source&, const RoutineRow& row) {
       if (row.builtin) return oid_value(row.builtin->prolang);
       return oid_value(row.object->kind == Kind::aggregate ? builtin::internal_language : row.object->language.oid);
     }},
    {"provariadic", [](const Source&, const RoutineRow& row) { return oid_value(row.row->variadic); }},
    {"prokind", [](const Source&, const RoutineRow& row) { return char_value(row.row->kind); }},
    {"prosecdef", [](const Source&, const RoutineRow& row) { return flag_value(row.object && row.object->security_definer); }},
    {"proleakproof",
     [](const Source&, const RoutineRow& row) {
       return flag_value(row.object ? row.object->leakproof : row.builtin->proleakproof);
     }},
    {"proisstrict", [](const Source&, const RoutineRow& row) { return flag_value(row.row->strict); }},
    {"proretset", [](const Source&, const RoutineRow& row) { return flag_value(row.row->returns_set); }},
    {"provolatile", [](const Source&, const RoutineRow& row) { return char_value(row.row->volatility); }},
    {"proparallel",
     [](const Source&, const RoutineRow& row) {
       return row.object ? stored_value(row.object->parallel) : char_value(row.builtin->proparallel);
     }},
    {"pronargs",
     [](const Source&, const RoutineRow& row) { return number_value(static_cast<std::int64_t>(row.row->args.size())); }},
    {"pronargdefaults", [](const Source&, const RoutineRow& row) { return number_value(row.row->default_count); }},
    {"prorettype", [](const Source&, const RoutineRow& row) { return oid_value(row.row->result); }},
    {"proargtypes",
     [](const Source&, const RoutineRow& row) {
       return oids_value({row.row->args.begin(), row.row->args.end()}, true);
     }},
    {"proallargtypes", all_types},
    {"proargmodes", argument_modes},
    {"proargnames", argument_names},
    {"prosrc", source_text},
    {"probin",
     [](const Source&, const RoutineRow& row) {
       return row.object && !row.object->link_symbol.empty() ? text_value(row.object->link_symbol) : null_value();
     }},
    {"proconfig",
     [](const Source&, const RoutineRow& row) { return row.object ? options_value(row.object->settings) : null_value(); }},
    {"proacl", [](const Source& source, const RoutineRow& row) { return acl_value(source, row.object); }},
};

// --- pg_language, pg_am, pg_collation
// ----------------------------------------------------------------------------------

struct LanguageRow {
  Oid oid = invalid_oid;
  std::string_view name;
  Oid schema = invalid_oid;
  char type = 0;
  bool flag = false;
  Oid handler = invalid_oid;
  const Object* object = nullptr;
};

const CatalogColumn<LanguageRow> language_columns[] = {
    {"oid", [](const Source&, const LanguageRow& row) { return oid_value(row.oid); }},
    {"lanname", [](const Source&, const LanguageRow& row) { return text_value(row.name); }},
    {"lanowner", [](const Source& source, const LanguageRow& row) { return owner_value(source, row.object); }},
    {"lanispl", [](const Source&, const LanguageRow& row) { return flag_value(row.type == 'p'); }},
    {"lanpltrusted", [](const Source&, const LanguageRow& row) { return flag_value(row.flag); }},
    {"lanplcallfoid", [](const Source&, const LanguageRow& row) { return oid_value(row.handler); }},
    {"lanacl", [](const Source& source, const LanguageRow& row) { return acl_value(source, row.object); }},
};

const CatalogColumn<LanguageRow> am_columns[] = {
    {"oid", [](const Source&, const LanguageRow& row) { return oid_value(row.oid); }},
    {"amname", [](const Source&, const LanguageRow& row) { return text_value(row.name); }},
    {"amhandler", [](const Source&, const LanguageRow& row) { return oid_value(row.handler); }},
    {"amtype", [](const Source&, const LanguageRow& row) { return char_value(row.type); }},
};

const CatalogColumn<LanguageRow> collation_columns[] = {
    {"oid", [](const Source&, const LanguageRow& row) { return oid_value(row.oid); }},
    {"collname", [](const Source&, const LanguageRow& row) { return text_value(row.name); }},
    {"collnamespace", [](const Source&, const LanguageRow& row) { return oid_value(row.schema); }},
    {"collowner", [](const Source& source, const LanguageRow& row) { return owner_value(source, row.object); }},
    {"collisdeterministic", [](const Source&, const LanguageRow& row) { return flag_value(row.flag); }},
};

// --- pg_operator, pg_opclass, pg_cast
// ----------------------------------------------------------------------------------

struct OperatorSource {
  const analyze::OperatorRow* row = nullptr;
  const Object* object = nullptr;
};
const CatalogColumn<OperatorSource> operator_columns[] = {
    {"oid", [](const Source&, const OperatorSource& row) { return oid_value(row.row->oid); }},
    {"oprname", [](const Source&, const OperatorSource& row) { return text_value(row.row->name); }},
    {"oprnamespace", [](const Source&, const OperatorSource& row) { return oid_value(row.row->schema); }},
    {"oprowner", [](const Source& source, const OperatorSource& row) { return owner_value(source, row.object); }},
    {"oprkind",
     [](const Source&, const OperatorSource& row) {
       return char_value(row.row->left == 0 ? 'l' : row.row->right == 0 ? 'r' : 'b');
     }},
    {"oprcanmerge", [](const Source&, const OperatorSource& row) { return flag_value(row.row->can_merge); }},
    {"oprcanhash", [](const Source&, const OperatorSource& row) { return flag_value(row.row->can_hash); }},
    {"oprleft", [](const Source&, const OperatorSource& row) { return oid_value(row.row->left); }},
    {"oprright", [](const Source&, const OperatorSource& row) { return oid_value(row.row->right); }},
    {"oprresult", [](const Source&, const OperatorSource& row) { return oid_value(row.row->result); }},
    {"oprcom", [](const Source&, const OperatorSource& row) { return oid_value(row.row->commutator); }},
    {"oprnegate", [](const Source&, const OperatorSource& row) { return oid_value(row.row->negator); }},
    {"oprcode", [](const Source&, const OperatorSource& row) { return oid_value(row.row->function); }},
};

const CatalogColumn<analyze::OpclassRow> opclass_columns[] = {
    {"oid", [](const Source&, const analyze::OpclassRow& row) { return oid_value(row.oid); }},
    {"opcmethod", [](const Source&, const analyze::OpclassRow& row) { return oid_value(row.access_method); }},
    {"opcname", [](const Source&, const analyze::OpclassRow& row) { return text_value(row.name); }},
    {"opcnamespace", [](const Source&, const analyze::OpclassRow& row) { return oid_value(row.schema); }},
    {"opcowner", [](const Source& source,
                    const analyze::OpclassRow& row) { return owner_value(source, source.objects.find(row.oid)); }},
    {"opcfamily", [](const Source&, const analyze::OpclassRow& row) { return oid_value(row.family); }},
    {"opcintype", [](const Source&, const analyze::OpclassRow& row) { return oid_value(row.input_type); }},
    {"opcdefault", [](const Source&, const analyze::OpclassRow& row) { return flag_value(row.is_default); }},
};

struct CastSource {
  Oid oid = invalid_oid, source = invalid_oid, target = invalid_oid, function = invalid_oid;
  char context = 'e', method = 'f';
};
const CatalogColumn<CastSource> cast_columns[] = {
    {"oid",
     [](const Source&, const CastSource& row) {
       return row.oid == invalid_oid ? Value::unknown(invalid_oid, "the oid of a system cast") : oid_value(row.oid);
     }},
    {"castsource", [](const Source&, const CastSource& row) { return oid_value(row.source); }},
    {"casttarget", [](const Source&, const CastSource& row) { return oid_value(row.target); }},
    {"castfunc", [](const Source&, const CastSource& row) { return oid_value(row.function); }},
    {"castcontext", [](const Source&, const CastSource& row) { return char_value(row.context); }},
    {"castmethod", [](const Source&, const CastSource& row) { return char_value(row.method); }},
};

}  // namespace

RelationPtr make_pg_proc(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, proc_rows(interpreter), proc_columns);
}

RelationPtr make_pg_language(Interpreter& interpreter, Oid relation) {
  std::vector<LanguageRow> rows;
  for (const builtin::Language& row : interpreter.cache().builtin().languages())
    rows.push_back(
        {row.oid, row.lanname.view(), 0, row.lanispl ? 'p' : '-', row.lanpltrusted, row.lanplcallfoid, nullptr});
  for (const auto* row : objects_of<catalog::Language>(interpreter))
    rows.push_back({row->oid, row->name.view(), 0, 'p', row->trusted, row->handler.oid, row});
  return catalog_table(interpreter, relation, std::move(rows), language_columns);
}

RelationPtr make_pg_am(Interpreter& interpreter, Oid relation) {
  std::vector<LanguageRow> rows;
  for (const builtin::AccessMethod& row : interpreter.cache().builtin().ams())
    rows.push_back({row.oid, row.amname.view(), 0, row.amtype, false, row.amhandler, nullptr});
  for (const auto* row : objects_of<catalog::AccessMethod>(interpreter))
    rows.push_back({row->oid, row->name.view(), 0, row->type == catalog::AccessMethodType::index ? 'i' : 't', false,
                    row->handler.oid, row});
  return catalog_table(interpreter, relation, std::move(rows), am_columns);
}

RelationPtr make_pg_collation(Interpreter& interpreter, Oid relation) {
  std::vector<LanguageRow> rows;
  for (const builtin::Collation& row : interpreter.cache().builtin().collations())
    rows.push_back(
        {row.oid, row.collname.view(), row.collnamespace, row.collprovider, row.collisdeterministic, 0, nullptr});
  for (const auto* row : objects_of<catalog::Collation>(interpreter))
    rows.push_back({row->oid, row->name.view(), row->parent.oid, 0, row->deterministic, 0, row});
  return catalog_table(interpreter, relation, std::move(rows), collation_columns);
}

RelationPtr make_pg_operator(Interpreter& interpreter, Oid relation) {
  const analyze::Syscache& cache = interpreter.cache();
  std::vector<OperatorSource> rows;
  for (const builtin::Operator& row : cache.builtin().operators()) rows.push_back({cache.op(row.oid), nullptr});
  for (const auto* row : objects_of<catalog::Operator>(interpreter)) rows.push_back({cache.op(row->oid), row});
  return catalog_table(interpreter, relation, std::move(rows), operator_columns);
}

RelationPtr make_pg_opclass(Interpreter& interpreter, Oid relation) {
  std::vector<analyze::OpclassRow> rows;
  for (const builtin::OperatorClass& row : interpreter.cache().builtin().opclasses())
    rows.push_back(*interpreter.cache().opclass(row.oid));
  for (const auto* row : objects_of<catalog::OperatorClass>(interpreter))
    if (const auto found = interpreter.cache().opclass(row->oid)) rows.push_back(*found);
  return catalog_table(interpreter, relation, std::move(rows), opclass_columns);
}

RelationPtr make_pg_cast(Interpreter& interpreter, Oid relation) {
  const analyze::Syscache& cache = interpreter.cache();
  std::vector<CastSource> rows;
  for (const builtin::Cast& row : cache.builtin().casts())
    rows.push_back({0, row.castsource, row.casttarget, row.castfunc, row.castcontext, row.castmethod});
  for (const auto* row : objects_of<catalog::Cast>(interpreter))
    if (const auto found = cache.cast(row->source.type, row->target.type))
      rows.push_back({row->oid, row->source.type, row->target.type, found->function, found->context, found->method});
  return catalog_table(interpreter, relation, std::move(rows), cast_columns);
}

}  // namespace pgplumb::engine::evaluate
