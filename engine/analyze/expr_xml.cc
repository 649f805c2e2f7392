// xmlelement() and its kin: transformXmlExpr.
#include <fmt/format.h>

#include <algorithm>

#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_target.h"
#include "engine/analyze/parse_type.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/xml_name.h"

namespace pgplumb::engine::analyze {

using expr::make;

namespace {

expr::XmlOp xml_op(ast::XmlExprOp op) {
  switch (op) {
    case ast::XmlExprOp::IS_XMLELEMENT: return expr::XmlOp::element;
    case ast::XmlExprOp::IS_XMLFOREST: return expr::XmlOp::forest;
    case ast::XmlExprOp::IS_XMLPARSE: return expr::XmlOp::parse;
    case ast::XmlExprOp::IS_XMLPI: return expr::XmlOp::pi;
    case ast::XmlExprOp::IS_XMLROOT: return expr::XmlOp::root;
    case ast::XmlExprOp::IS_DOCUMENT: return expr::XmlOp::document;
    default: return expr::XmlOp::concat;
  }
}

void named_argument(ParseState& state, ast::ResTarget target, expr::XmlExpr& xml, int location) {
  std::string name;
  if (!target.name().empty()) {
    name = to_xml_name(target.name(), false, location);
  } else if (target.val().is<ast::ColumnRef>()) {
    name = to_xml_name(figure_column_name(state, target.val()), true, location);
  } else {
    fail(errcode::syntax_error,
         xml.op == expr::XmlOp::element ? "unnamed XML attribute value must be a column reference"
                                        : "unnamed XML element value must be a column reference",
         target.val().location());
  }
  bool repeated = std::find(xml.arg_names.begin(), xml.arg_names.end(), name) != xml.arg_names.end();
  if (xml.op == expr::XmlOp::element && repeated) {
    fail(errcode::syntax_error, fmt::format("XML attribute name \"{}\" appears more than once", name),
         target.location());
  }
  xml.arg_names.push_back(std::move(name));
  xml.named_args.push_back(transform_expr_recurse(state, target.val()));
}

NodePtr coerce_argument(ParseState& state, const expr::XmlExpr& xml, NodePtr arg, std::size_t number) {
  switch (xml.op) {
    case expr::XmlOp::concat: return coerce_to_specific_type(state, arg, types::xml, "XMLCONCAT");
    case expr::XmlOp::parse:
      return number == 0 ? coerce_to_specific_type(state, arg, types::text, "XMLPARSE")
                         : coerce_to_boolean(state, arg, "XMLPARSE");
    case expr::XmlOp::pi: return coerce_to_specific_type(state, arg, types::text, "XMLPI");
    case expr::XmlOp::root:
      if (number == 0) return coerce_to_specific_type(state, arg, types::xml, "XMLROOT");
      return coerce_to_specific_type(state, arg, number == 1 ? types::text : types::int4, "XMLROOT");
    case expr::XmlOp::document: return coerce_to_specific_type(state, arg, types::xml, "IS DOCUMENT");
    default: return arg;
  }
}

expr::XmlOption option_of(ast::XmlOptionType option) {
  return option == ast::XmlOptionType::XMLOPTION_DOCUMENT ? expr::XmlOption::document : expr::XmlOption::content;
}

}  // namespace

NodePtr transform_xml(ParseState& state, ast::XmlExpr node) {
  expr::XmlExpr xml;
  xml.op = xml_op(node.op());
  xml.has_name = node.name().data() != nullptr;
  if (xml.has_name) xml.name = to_xml_name(node.name(), false, node.location());
  xml.option = option_of(node.xmloption());
  for (ast::Node arg : node.named_args()) named_argument(state, arg.as<ast::ResTarget>(), xml, node.location());
  for (ast::Node arg : node.args()) {
    NodePtr value = transform_expr_recurse(state, arg);
    xml.args.push_back(coerce_argument(state, xml, std::move(value), xml.args.size()));
  }
  return make(std::move(xml), node.location());
}

NodePtr transform_xml_serialize(ParseState& state, ast::XmlSerialize node) {
  expr::XmlExpr xml;
  xml.op = expr::XmlOp::serialize;
  xml.args = {coerce_to_specific_type(state, transform_expr_recurse(state, node.expr()), types::xml, "XMLSERIALIZE")};
  TypeRef target = resolve_type_name(state.cache, node.type_name());
  xml.option = option_of(node.xmloption());
  xml.indent = node.indent();
  xml.type = target.type;
  xml.typmod = target.typmod;
  NodePtr serialized = make(std::move(xml), node.location());
  NodePtr result = coerce_to_target_type(state, serialized, types::text, target.type, target.typmod,
                                         {CoercionContext::implicit, CoercionForm::implicit_cast, -1});
  if (result) return result;
  fail(errcode::cannot_coerce, fmt::format("cannot cast XMLSERIALIZE result to {}", format_type(state.cache, target.type)),
       node.location());
}

}  // namespace pgplumb::engine::analyze
