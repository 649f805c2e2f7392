// XML functions: the XmlExpr part of get_rule_expr.
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

void append_utf8(std::string& out, unsigned code) {
  auto byte = [&](unsigned value) { out += static_cast<char>(value); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | (code >> 6));
  } else {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

// The code of "_xHHHH_" at that place, or -1.
int escaped_code(std::string_view name, std::size_t at) {
  if (name.size() < at + 7 || name[at] != '_' || name[at + 1] != 'x' || name[at + 6] != '_') return -1;
  int code = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    int digit = hex_digit(name[i]);
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}

// map_xml_name_to_sql_identifier of utils/adt/xml.c
std::string sql_identifier(std::string_view xml_name) {
  std::string name;
  for (std::size_t i = 0; i < xml_name.size(); ++i) {
    int code = escaped_code(xml_name, i);
    if (code < 0) {
      name += xml_name[i];
    } else {
      append_utf8(name, static_cast<unsigned>(code));
      i += 6;
    }
  }
  return name;
}

std::string_view xml_function(expr::XmlOp op) {
  switch (op) {
    case expr::XmlOp::concat: return "XMLCONCAT(";
    case expr::XmlOp::element: return "XMLELEMENT(";
    case expr::XmlOp::forest: return "XMLFOREST(";
    case expr::XmlOp::parse: return "XMLPARSE(";
    case expr::XmlOp::pi: return "XMLPI(";
    case expr::XmlOp::root: return "XMLROOT(";
    case expr::XmlOp::serialize: return "XMLSERIALIZE(";
    case expr::XmlOp::document: return "";
  }
  return "";
}

bool is_true(const NodePtr& node) {
  const auto* constant = expr::as<expr::Const>(node);
  return constant && constant->value && *constant->value == "t";
}

}  // namespace

bool Printer::xml_named_arguments(const expr::XmlExpr& n, bool comma) {
  if (n.named_args.empty()) return comma;
  const bool attributes = n.op != expr::XmlOp::forest;
  if (attributes) {
    text(comma ? ", XMLATTRIBUTES(" : "XMLATTRIBUTES(");
    comma = false;
  }
  for (std::size_t i = 0; i < n.named_args.size(); ++i) {
    if (comma) text(", ");
    node(n.named_args[i], true);
    text(" AS ");
    identifier(sql_identifier(n.arg_names[i]));
    comma = true;
  }
  if (attributes) text(")");
  return true;
}

void Printer::xml_root_arguments(const expr::XmlExpr& n) {
  node(n.args[0], true);
  text(", VERSION ");
  const auto* version = expr::as<expr::Const>(n.args[1]);
  if (version && !version->value)
    text("NO VALUE");
  else
    node(n.args[1], false);
  const auto* standalone = expr::as<expr::Const>(n.args[2]);
  if (!standalone || !standalone->value) return;
  // XmlStandaloneType of utils/xml.h
  if (*standalone->value == "0") text(", STANDALONE YES");
  if (*standalone->value == "1") text(", STANDALONE NO");
  if (*standalone->value == "2") text(", STANDALONE NO VALUE");
}

void Printer::xml_arguments(const expr::XmlExpr& n) {
  if (n.op == expr::XmlOp::root) return xml_root_arguments(n);
  if (n.op == expr::XmlOp::document) return list(n.args, false);
  if (n.op != expr::XmlOp::parse) return list(n.args, true);
  node(n.args[0], true);
  text(is_true(n.args[1]) ? " PRESERVE WHITESPACE" : " STRIP WHITESPACE");
}

void Printer::print(const expr::XmlExpr& n, bool) {
  const bool parentheses = n.op == expr::XmlOp::document && late_minor_release();
  if (parentheses) text("(");
  text(xml_function(n.op));
  if (n.op == expr::XmlOp::parse || n.op == expr::XmlOp::serialize)
    text(n.option == expr::XmlOption::document ? "DOCUMENT " : "CONTENT ");
  if (n.has_name) {
    text("NAME ");
    identifier(sql_identifier(n.name));
  }
  const bool comma = xml_named_arguments(n, n.has_name);
  if (!n.args.empty()) {
    if (comma) text(", ");
    xml_arguments(n);
  }
  if (n.op == expr::XmlOp::document) return text(parentheses ? " IS DOCUMENT)" : " IS DOCUMENT");
  if (n.op == expr::XmlOp::serialize) {
    text(" AS ");
    type(n.type, n.typmod);
    if (major() >= 16) text(n.indent ? " INDENT" : " NO INDENT");
  }
  text(")");
}

}  // namespace pgplumb::engine::deparse
