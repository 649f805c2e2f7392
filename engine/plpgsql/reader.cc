#include "engine/plpgsql/reader.h"

#include "engine/analyze/errors.h"

namespace pgplumb::engine::plpgsql {

const Token& Reader::peek(std::size_t ahead) const { return tokens_[std::min(position_ + ahead, tokens_.size() - 1)]; }

const Token& Reader::next() {
  const Token& token = peek();
  if (position_ + 1 < tokens_.size()) ++position_;
  return token;
}

bool Reader::at_assignment(std::size_t ahead) const {
  return peek(ahead).kind == TokenKind::assign || at_symbol("=", ahead);
}

bool Reader::accept(std::string_view key_word) {
  if (!at(key_word)) return false;
  next();
  return true;
}

bool Reader::accept_symbol(std::string_view symbol) {
  if (!at_symbol(symbol)) return false;
  next();
  return true;
}

void Reader::expect(std::string_view key_word) {
  if (!accept(key_word)) syntax_error();
}

void Reader::expect_symbol(std::string_view symbol) {
  if (!accept_symbol(symbol)) syntax_error();
}

std::string Reader::any_identifier() {
  if (!peek().is_name()) syntax_error();
  return next().word;
}

void Reader::fail_here(std::string_view message) const {
  const Token& token = peek();
  const std::string where =
      token.kind == TokenKind::end ? " at end of input" : " at or near \"" + std::string(token.text) + "\"";
  throw SqlError("42601", std::string(message) + where);
}

int Reader::add_variable(std::string name, TypeRef type) {
  Variable variable;
  variable.name = std::move(name);
  variable.type = type;
  variable.composite = is_composite(type.type);
  function_.variables.push_back(std::move(variable));
  return static_cast<int>(function_.variables.size()) - 1;
}

void Reader::add_name(std::string name, int variable) {
  function_.names.push_back({Name::Kind::variable, std::move(name), variable, names_});
  names_ = &function_.names.back();
}

void Reader::open_scope(Name::Kind kind, std::string label) {
  function_.names.push_back({kind, std::move(label), -1, names_});
  names_ = &function_.names.back();
}

}  // namespace pgplumb::engine::plpgsql
