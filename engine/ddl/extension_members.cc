#include "engine/ddl/extension_members.h"

#include <unordered_map>

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/access_method.h"
#include "catalog/kinds/aggregate.h"
#include "catalog/kinds/base_type.h"
#include "catalog/kinds/cast.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/composite_type.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/enum_type.h"
#include "catalog/kinds/foreign_data_wrapper.h"
#include "catalog/kinds/function.h"
#include "catalog/kinds/language.h"
#include "catalog/kinds/operator_.h"
#include "catalog/kinds/operator_class.h"
#include "catalog/kinds/operator_family.h"
#include "catalog/kinds/procedure.h"
#include "catalog/kinds/range_type.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/text_search_configuration.h"
#include "catalog/kinds/text_search_dictionary.h"
#include "catalog/kinds/text_search_parser.h"
#include "catalog/kinds/text_search_template.h"
#include "catalog/kinds/transform.h"
#include "catalog/kinds/view.h"
#include "engine/ddl/extension_rows.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using builtin::ExtensionData;

namespace {

/// Makes the members in two rounds: first empty ones, so that each has its oid, then what they refer to.
class MemberCreation {
 public:
  MemberCreation(Interpreter& interpreter, Ref<Extension> extension, const ExtensionData& data)
      : catalog_(interpreter.catalog()),
        extension_(extension),
        data_(data),
        owner_(catalog_.get(extension).owner),
        schema_(catalog_.get(extension).schema.oid),
        oids_(catalog_, data) {}

  void create() {
    make_languages();
    make_types();
    make_relations();
    make_routines();
    make_operators();
    make_families();
    make_others();
    fill_types();
    fill_columns();
    fill_routines();
    fill_operators();
    fill_families();
    fill_others();
  }

 private:
  // --- First round ---------------------------------------------------------------------------------------------------
  template <class T>
  Oid make(Oid row, Oid name_space, std::string_view name) {
    T object;
    if (name_space != invalid_oid) object.parent = {Kind::schema, schema_of(name_space)};
    object.name = Name(name);
    object.owner = owner_;
    object.extension = extension_.oid;
    const Oid oid = catalog_.insert(std::move(object)).oid;
    oids_.add(row, oid);
    return oid;
  }

  Oid schema_of(Oid name_space) const { return builtin::is_member(name_space) ? schema_ : name_space; }

  void make_languages() {
    for (const auto& row : data_.languages()) make<Language>(row.oid, invalid_oid, row.lanname);
    for (const auto& row : data_.ams()) make<AccessMethod>(row.oid, invalid_oid, row.amname);
  }

  void make_types() {
    for (const auto& row : data_.types()) {
      if (oids_.is_made_by_another(row)) continue;
      switch (row.typtype) {
        case 'e':
          make<EnumType>(row.oid, row.typnamespace, row.typname);
          break;
        case 'd':
          make<Domain>(row.oid, row.typnamespace, row.typname);
          break;
        case 'r':
          make<RangeType>(row.oid, row.typnamespace, row.typname);
          break;
        default:
          make<BaseType>(row.oid, row.typnamespace, row.typname);
          break;
      }
    }
  }

  void make_relations() {
    for (const auto& row : data_.relations()) {
      Oid oid = invalid_oid;
      switch (row.relkind) {
        case 'v':
          oid = make<View>(row.oid, row.relnamespace, row.relname);
          break;
        case 'c':
          oid = make<CompositeType>(row.oid, row.relnamespace, row.relname);
          break;
        default:
          oid = make<Table>(row.oid, row.relnamespace, row.relname);
          break;
      }
      oids_.add(row.reltype, oid);
    }
    oids_.add_derived_types();
  }

  void make_routines() {
    for (const auto& row : data_.procs()) {
      switch (row.prokind) {
        case 'p':
          make<Procedure>(row.oid, row.pronamespace, row.proname);
          break;
        case 'a':
          make<Aggregate>(row.oid, row.pronamespace, row.proname);
          break;
        default:
          make<Function>(row.oid, row.pronamespace, row.proname);
          break;
      }
    }
  }

  void make_operators() {
    for (const auto& row : data_.operators()) make<Operator>(row.oid, row.oprnamespace, row.oprname);
  }

  void make_families() {
    for (const auto& row : data_.opfamilies()) make<OperatorFamily>(row.oid, row.opfnamespace, row.opfname);
    for (const auto& row : data_.opclasses()) make<OperatorClass>(row.oid, row.opcnamespace, row.opcname);
  }

  void make_others() {
    for (const auto& row : data_.ts_parsers()) make<TextSearchParser>(row.oid, row.prsnamespace, row.prsname);
    for (const auto& row : data_.ts_templates()) make<TextSearchTemplate>(row.oid, row.tmplnamespace, row.tmplname);
    for (const auto& row : data_.ts_dicts()) make<TextSearchDictionary>(row.oid, row.dictnamespace, row.dictname);
    for (const auto& row : data_.ts_configs()) make<TextSearchConfiguration>(row.oid, row.cfgnamespace, row.cfgname);
    for (const auto& row : data_.fdws()) make<ForeignDataWrapper>(row.oid, invalid_oid, row.fdwname);
    for (const auto& row : data_.transforms()) make<Transform>(row.oid, invalid_oid, {});
  }

  // --- Second round --------------------------------------------------------------------------------------------------
  /// Replaces the member that stands for a row by what `fill` makes of it.
  template <class T, class Fill>
  void fill(Oid row, Fill fill_in) {
    const Oid oid = oids_.find(row);
    auto object = std::make_shared<T>(catalog_.get(Ref<T>{oid}));
    fill_in(*object);
    catalog_.store(std::move(object));
  }

  TypeRef type(Oid row) const { return {oids_.find(row), -1}; }
  AnyRef function(Oid row) const { return row ? AnyRef{Kind::function, oids_.find(row)} : AnyRef(); }
  AnyRef ref(Kind kind, Oid row) const { return row ? AnyRef{kind, oids_.find(row)} : AnyRef(); }

  void fill_base_type(const builtin::Type& row) {
    fill<BaseType>(row.oid, [&](BaseType& made) {
      made.defined = row.typisdefined;
      made.input = function(row.typinput);
      made.output = function(row.typoutput);
      made.receive = function(row.typreceive);
      made.send = function(row.typsend);
      made.typmod_input = function(row.typmodin);
      made.typmod_output = function(row.typmodout);
      made.length = row.typlen;
      made.by_value = row.typbyval;
      made.alignment = std::string(1, row.typalign);
      made.storage = std::string(1, row.typstorage);
      made.category = std::string(1, row.typcategory);
      made.preferred = row.typispreferred;
      made.default_value = row.typdefault.view();
      if (row.typelem) made.element = type(row.typelem);
      made.delimiter = std::string(1, row.typdelim);
      made.collation = ref(Kind::collation, row.typcollation);
    });
  }

  void fill_types() {
    for (const auto& row : data_.types()) {
      if (oids_.is_made_by_another(row)) continue;
      if (row.typtype == 'd')
        fill<Domain>(row.oid, [&](Domain& made) {
          made.base = {oids_.find(row.typbasetype), row.typtypmod};
          made.collation = ref(Kind::collation, row.typcollation);
          made.not_null = row.typnotnull;
        });
      else if (row.typtype != 'e' && row.typtype != 'r')
        fill_base_type(row);
    }
    for (const auto& row : data_.ranges())
      fill<RangeType>(row.rngtypid, [&](RangeType& made) {
        made.subtype = type(row.rngsubtype);
        made.operator_class = ref(Kind::operator_class, row.rngsubopc);
        made.collation = ref(Kind::collation, row.rngcollation);
        made.canonical = function(row.rngcanonical);
        made.subtype_diff = function(row.rngsubdiff);
        made.multirange_name = oids_.multirange_name(row.rngmultitypid);
        if (!made.multirange_name.empty()) made.multirange_schema = made.parent;
      });
  }

  void fill_columns() {
    for (const auto& row : data_.columns()) {
      Column column;
      const Object& relation = *catalog_.find(oids_.find(row.attrelid));
      column.parent = {relation.kind, relation.oid};
      column.name = Name(row.attname.view());
      column.number = row.attnum;
      column.position = row.attnum;
      column.type = {oids_.find(row.atttypid), row.atttypmod};
      column.not_null = row.attnotnull;
      column.collation = ref(Kind::collation, row.attcollation);
      column.extension = extension_.oid;
      catalog_.insert(std::move(column));
    }
  }

  void fill_routine(const builtin::Proc& row, Routine& made) const {
    for (Oid argument : row.proargtypes) made.signature.push_back(type(argument));
    made.arguments = routine_arguments(row, oids_);
    made.result = type(row.prorettype);
    made.returns_set = row.proretset;
    made.language = ref(Kind::language, row.prolang);
    made.window = row.prokind == 'w';
    made.volatility = row.provolatile == 'i'   ? Volatility::immutable
                      : row.provolatile == 's' ? Volatility::stable
                                               : Volatility::volatile_;
    made.parallel = row.proparallel == 's'   ? Parallel::safe
                    : row.proparallel == 'r' ? Parallel::restricted
                                             : Parallel::unsafe;
    made.strict = row.proisstrict;
    made.leakproof = row.proleakproof;
    made.cost = row.procost;
    made.rows = row.prorows;
  }

  void fill_routines() {
    for (const auto& row : data_.procs()) {
      const auto fill_in = [&](Routine& made) { fill_routine(row, made); };
      if (row.prokind == 'p')
        fill<Procedure>(row.oid, fill_in);
      else if (row.prokind == 'a')
        fill<Aggregate>(row.oid, fill_in);
      else
        fill<Function>(row.oid, fill_in);
    }
    for (const auto& row : data_.aggregates())
      fill<Aggregate>(row.aggfnoid, [&](Aggregate& made) {
        made.transition = function(row.aggtransfn);
        made.final = function(row.aggfinalfn);
        made.sort_operator = ref(Kind::operator_, row.aggsortop);
        made.state = type(row.aggtranstype);
        made.aggregate_kind = row.aggkind == 'o'   ? AggregateKind::ordered_set
                              : row.aggkind == 'h' ? AggregateKind::hypothetical
                                                   : AggregateKind::normal;
        made.direct_arguments = row.aggnumdirectargs;
      });
  }

  void fill_operators() {
    for (const auto& row : data_.operators())
      fill<Operator>(row.oid, [&](Operator& made) {
        if (row.oprleft) made.left = type(row.oprleft);
        if (row.oprright) made.right = type(row.oprright);
        if (row.oprresult) made.result = type(row.oprresult);
        made.function = function(row.oprcode);
        made.commutator = ref(Kind::operator_, row.oprcom);
        made.negator = ref(Kind::operator_, row.oprnegate);
        made.restrict_estimator = function(row.oprrest);
        made.join_estimator = function(row.oprjoin);
        made.hashes = row.oprcanhash;
        made.merges = row.oprcanmerge;
      });
    for (const auto& row : data_.casts()) {
      Cast cast;
      cast.extension = extension_.oid;
      cast.source = type(row.castsource);
      cast.target = type(row.casttarget);
      cast.function = function(row.castfunc);
      cast.method = row.castmethod == 'f'   ? CastMethod::function
                    : row.castmethod == 'b' ? CastMethod::binary
                                            : CastMethod::inout;
      cast.context = row.castcontext == 'i'   ? CastContext::implicit
                     : row.castcontext == 'a' ? CastContext::assignment
                                              : CastContext::explicit_;
      catalog_.insert(std::move(cast));
    }
  }

  void fill_families() {
    for (const auto& row : data_.opfamilies())
      fill<OperatorFamily>(row.oid, [&](OperatorFamily& made) {
        made.method = ref(Kind::access_method, row.opfmethod);
        family_members(data_, row.oid, oids_, made.operators, made.functions);
      });
    for (const auto& row : data_.opclasses())
      fill<OperatorClass>(row.oid, [&](OperatorClass& made) {
        made.method = ref(Kind::access_method, row.opcmethod);
        made.family = ref(Kind::operator_family, row.opcfamily);
        made.input = type(row.opcintype);
        if (row.opckeytype) made.storage = type(row.opckeytype);
        made.is_default = row.opcdefault;
        // Members that go into a family which the extension does not own stay with the class.
        if (!oids_.is_own(row.opcfamily)) family_members(data_, row.opcfamily, oids_, made.operators, made.functions);
      });
  }

  void fill_others() {
    for (const auto& row : data_.languages())
      fill<Language>(row.oid, [&](Language& made) {
        made.trusted = row.lanpltrusted;
        made.handler = function(row.lanplcallfoid);
        made.inline_handler = function(row.laninline);
        made.validator = function(row.lanvalidator);
      });
    for (const auto& row : data_.ams())
      fill<AccessMethod>(row.oid, [&](AccessMethod& made) {
        made.type = row.amtype == 't' ? AccessMethodType::table : AccessMethodType::index;
        made.handler = function(row.amhandler);
      });
    for (const auto& row : data_.fdws())
      fill<ForeignDataWrapper>(row.oid, [&](ForeignDataWrapper& made) {
        made.handler = function(row.fdwhandler);
        made.validator = function(row.fdwvalidator);
      });
    for (const auto& row : data_.transforms())
      fill<Transform>(row.oid, [&](Transform& made) {
        made.type = type(row.trftype);
        made.language = ref(Kind::language, row.trflang);
        made.from_sql = function(row.trffromsql);
        made.to_sql = function(row.trftosql);
      });
    for (const auto& row : data_.ts_dicts())
      fill<TextSearchDictionary>(row.oid, [&](TextSearchDictionary& made) {
        made.template_ = ref(Kind::text_search_template, row.dicttemplate);
        made.options = row.dictinitoption.view();
      });
    for (const auto& row : data_.ts_configs())
      fill<TextSearchConfiguration>(
          row.oid, [&](TextSearchConfiguration& made) { made.parser = ref(Kind::text_search_parser, row.cfgparser); });
  }

  Catalog& catalog_;
  const Ref<Extension> extension_;
  const ExtensionData& data_;
  const Name owner_;
  const Oid schema_;
  MemberOids oids_;
};

}  // namespace

void create_members(Interpreter& interpreter, Ref<Extension> extension, const ExtensionData& data) {
  MemberCreation(interpreter, extension, data).create();
}

}  // namespace pgplumb::engine::ddl
