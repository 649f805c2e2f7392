// The one unit that pays for the making of every sort of node.
#include "catalog/expr_nodes.h"

namespace pgplumb::catalog::expr {

template <class T>
NodePtr make(T node, int location) {
  return NodePtr(std::make_shared<const NodeOf<T>>(std::move(node), location));
}

// Explicit instantiations: an optimiser may drop what is only implied. One that is missing does not link.
template NodePtr make(Const, int);
template NodePtr make(Var, int);
template NodePtr make(Param, int);
template NodePtr make(Aggref, int);
template NodePtr make(GroupingFunc, int);
template NodePtr make(WindowFunc, int);
template NodePtr make(SubscriptingRef, int);
template NodePtr make(FuncExpr, int);
template NodePtr make(NamedArgExpr, int);
template NodePtr make(OpExpr, int);
template NodePtr make(DistinctExpr, int);
template NodePtr make(NullIfExpr, int);
template NodePtr make(ScalarArrayOpExpr, int);
template NodePtr make(BoolExpr, int);
template NodePtr make(SubLink, int);
template NodePtr make(SubLinkParam, int);
template NodePtr make(FieldSelect, int);
template NodePtr make(FieldStore, int);
template NodePtr make(RelabelType, int);
template NodePtr make(CoerceViaIO, int);
template NodePtr make(ArrayCoerceExpr, int);
template NodePtr make(ConvertRowtypeExpr, int);
template NodePtr make(CollateExpr, int);
template NodePtr make(CaseExpr, int);
template NodePtr make(CaseTestExpr, int);
template NodePtr make(ArrayExpr, int);
template NodePtr make(RowExpr, int);
template NodePtr make(RowCompareExpr, int);
template NodePtr make(CoalesceExpr, int);
template NodePtr make(MinMaxExpr, int);
template NodePtr make(SQLValueFunction, int);
template NodePtr make(XmlExpr, int);
template NodePtr make(JsonValueExpr, int);
template NodePtr make(JsonConstructorExpr, int);
template NodePtr make(JsonIsPredicate, int);
template NodePtr make(JsonExpr, int);
template NodePtr make(NullTest, int);
template NodePtr make(BooleanTest, int);
template NodePtr make(CoerceToDomain, int);
template NodePtr make(CoerceToDomainValue, int);
template NodePtr make(SetToDefault, int);
template NodePtr make(NextValueExpr, int);
template NodePtr make(CurrentOfExpr, int);
template NodePtr make(MergeSupportFunc, int);
template NodePtr make(PartitionBoundSpec, int);

}  // namespace pgplumb::catalog::expr
