// The one unit that pays for the variant's construction, copying and access.
#include "catalog/expr_nodes.h"

namespace pgplumb::catalog::expr {

template <class T>
Node::Node(T node, int at) : value(std::move(node)), location(at) {}

Node::Node(const Node&) = default;
Node::Node(Node&&) noexcept = default;
Node::~Node() = default;

template <class T>
const T* Node::as() const { return std::get_if<T>(&value); }

template <class T>
NodePtr make(T node, int location) {
  return NodePtr(std::make_shared<const Node>(std::move(node), location));
}

// Explicit instantiations: an optimiser may drop what is only implied. One that is missing does not link.
template Node::Node(Const, int);
template const Const* Node::as<Const>() const;
template NodePtr make(Const, int);
template Node::Node(Var, int);
template const Var* Node::as<Var>() const;
template NodePtr make(Var, int);
template Node::Node(Param, int);
template const Param* Node::as<Param>() const;
template NodePtr make(Param, int);
template Node::Node(Aggref, int);
template const Aggref* Node::as<Aggref>() const;
template NodePtr make(Aggref, int);
template Node::Node(GroupingFunc, int);
template const GroupingFunc* Node::as<GroupingFunc>() const;
template NodePtr make(GroupingFunc, int);
template Node::Node(WindowFunc, int);
template const WindowFunc* Node::as<WindowFunc>() const;
template NodePtr make(WindowFunc, int);
template Node::Node(SubscriptingRef, int);
template const SubscriptingRef* Node::as<SubscriptingRef>() const;
template NodePtr make(SubscriptingRef, int);
template Node::Node(FuncExpr, int);
template const FuncExpr* Node::as<FuncExpr>() const;
template NodePtr make(FuncExpr, int);
template Node::Node(NamedArgExpr, int);
template const NamedArgExpr* Node::as<NamedArgExpr>() const;
template NodePtr make(NamedArgExpr, int);
template Node::Node(OpExpr, int);
template const OpExpr* Node::as<OpExpr>() const;
template NodePtr make(OpExpr, int);
template Node::Node(DistinctExpr, int);
template const DistinctExpr* Node::as<DistinctExpr>() const;
template NodePtr make(DistinctExpr, int);
template Node::Node(NullIfExpr, int);
template const NullIfExpr* Node::as<NullIfExpr>() const;
template NodePtr make(NullIfExpr, int);
template Node::Node(ScalarArrayOpExpr, int);
template const ScalarArrayOpExpr* Node::as<ScalarArrayOpExpr>() const;
template NodePtr make(ScalarArrayOpExpr, int);
template Node::Node(BoolExpr, int);
template const BoolExpr* Node::as<BoolExpr>() const;
template NodePtr make(BoolExpr, int);
template Node::Node(SubLink, int);
template const SubLink* Node::as<SubLink>() const;
template NodePtr make(SubLink, int);
template Node::Node(SubLinkParam, int);
template const SubLinkParam* Node::as<SubLinkParam>() const;
template NodePtr make(SubLinkParam, int);
template Node::Node(FieldSelect, int);
template const FieldSelect* Node::as<FieldSelect>() const;
template NodePtr make(FieldSelect, int);
template Node::Node(FieldStore, int);
template const FieldStore* Node::as<FieldStore>() const;
template NodePtr make(FieldStore, int);
template Node::Node(RelabelType, int);
template const RelabelType* Node::as<RelabelType>() const;
template NodePtr make(RelabelType, int);
template Node::Node(CoerceViaIO, int);
template const CoerceViaIO* Node::as<CoerceViaIO>() const;
template NodePtr make(CoerceViaIO, int);
template Node::Node(ArrayCoerceExpr, int);
template const ArrayCoerceExpr* Node::as<ArrayCoerceExpr>() const;
template NodePtr make(ArrayCoerceExpr, int);
template Node::Node(ConvertRowtypeExpr, int);
template const ConvertRowtypeExpr* Node::as<ConvertRowtypeExpr>() const;
template NodePtr make(ConvertRowtypeExpr, int);
template Node::Node(CollateExpr, int);
template const CollateExpr* Node::as<CollateExpr>() const;
template NodePtr make(CollateExpr, int);
template Node::Node(CaseExpr, int);
template const CaseExpr* Node::as<CaseExpr>() const;
template NodePtr make(CaseExpr, int);
template Node::Node(CaseTestExpr, int);
template const CaseTestExpr* Node::as<CaseTestExpr>() const;
template NodePtr make(CaseTestExpr, int);
template Node::Node(ArrayExpr, int);
template const ArrayExpr* Node::as<ArrayExpr>() const;
template NodePtr make(ArrayExpr, int);
template Node::Node(RowExpr, int);
template const RowExpr* Node::as<RowExpr>() const;
template NodePtr make(RowExpr, int);
template Node::Node(RowCompareExpr, int);
template const RowCompareExpr* Node::as<RowCompareExpr>() const;
template NodePtr make(RowCompareExpr, int);
template Node::Node(CoalesceExpr, int);
template const CoalesceExpr* Node::as<CoalesceExpr>() const;
template NodePtr make(CoalesceExpr, int);
template Node::Node(MinMaxExpr, int);
template const MinMaxExpr* Node::as<MinMaxExpr>() const;
template NodePtr make(MinMaxExpr, int);
template Node::Node(SQLValueFunction, int);
template const SQLValueFunction* Node::as<SQLValueFunction>() const;
template NodePtr make(SQLValueFunction, int);
template Node::Node(XmlExpr, int);
template const XmlExpr* Node::as<XmlExpr>() const;
template NodePtr make(XmlExpr, int);
template Node::Node(JsonValueExpr, int);
template const JsonValueExpr* Node::as<JsonValueExpr>() const;
template NodePtr make(JsonValueExpr, int);
template Node::Node(JsonConstructorExpr, int);
template const JsonConstructorExpr* Node::as<JsonConstructorExpr>() const;
template NodePtr make(JsonConstructorExpr, int);
template Node::Node(JsonIsPredicate, int);
template const JsonIsPredicate* Node::as<JsonIsPredicate>() const;
template NodePtr make(JsonIsPredicate, int);
template Node::Node(JsonExpr, int);
template const JsonExpr* Node::as<JsonExpr>() const;
template NodePtr make(JsonExpr, int);
template Node::Node(NullTest, int);
template const NullTest* Node::as<NullTest>() const;
template NodePtr make(NullTest, int);
template Node::Node(BooleanTest, int);
template const BooleanTest* Node::as<BooleanTest>() const;
template NodePtr make(BooleanTest, int);
template Node::Node(CoerceToDomain, int);
template const CoerceToDomain* Node::as<CoerceToDomain>() const;
template NodePtr make(CoerceToDomain, int);
template Node::Node(CoerceToDomainValue, int);
template const CoerceToDomainValue* Node::as<CoerceToDomainValue>() const;
template NodePtr make(CoerceToDomainValue, int);
template Node::Node(SetToDefault, int);
template const SetToDefault* Node::as<SetToDefault>() const;
template NodePtr make(SetToDefault, int);
template Node::Node(NextValueExpr, int);
template const NextValueExpr* Node::as<NextValueExpr>() const;
template NodePtr make(NextValueExpr, int);
template Node::Node(CurrentOfExpr, int);
template const CurrentOfExpr* Node::as<CurrentOfExpr>() const;
template NodePtr make(CurrentOfExpr, int);
template Node::Node(MergeSupportFunc, int);
template const MergeSupportFunc* Node::as<MergeSupportFunc>() const;
template NodePtr make(MergeSupportFunc, int);
template Node::Node(PartitionBoundSpec, int);
template const PartitionBoundSpec* Node::as<PartitionBoundSpec>() const;
template NodePtr make(PartitionBoundSpec, int);

}  // namespace pgplumb::catalog::expr
