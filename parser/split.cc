#include "parser/split.h"

#include <algorithm>
#include <array>

#include "parser/lexer.h"
#include "parser/meta_command.h"

namespace pgplumb::parser {

namespace {

/// Whether a semicolon ends the statement, given the tokens since its begin.
class Boundary {
 public:
  void see(const Token& token) {
    if (token.is('(')) ++parentheses_;
    if (token.is(')') && parentheses_ > 0) --parentheses_;
    if (token.kind == TokenKind::word) word(token);
  }
  bool open() const { return parentheses_ > 0 || bodies_ > 0; }

 private:
  void word(const Token& token) {
    if (words_ < first_words_.size()) first_words_[words_] = token;
    ++words_;
    if (parentheses_ > 0 || !creates_routine()) return;
    if (token.is_word("begin"))
      ++bodies_;
    else if (token.is_word("case") && bodies_ > 0)
      ++bodies_;
    else if (token.is_word("end") && bodies_ > 0)
      --bodies_;
  }
  bool creates_routine() const {
    if (!first_words_[0].is_word("create")) return false;
    const bool or_replace = first_words_[1].is_word("or") && first_words_[2].is_word("replace");
    const Token& noun = first_words_[or_replace ? 3 : 1];
    return noun.is_word("function") || noun.is_word("procedure");
  }

  std::array<Token, 4> first_words_;
  std::size_t words_ = 0;
  int parentheses_ = 0;
  int bodies_ = 0;
};

/// Whether the statement is COPY … FROM STDIN.
class CopyFromStdin {
 public:
  void see(const Token& token) {
    if (count_++ == 0) copies_ = token.is_word("copy");
    if (after_from_ && token.is_word("stdin")) found_ = true;
    after_from_ = token.is_word("from");
  }
  bool found() const { return copies_ && found_; }

 private:
  std::size_t count_ = 0;
  bool copies_ = false;
  bool after_from_ = false;
  bool found_ = false;
};

std::string_view name_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::quoted_identifier:
      return "quoted identifier";
    case TokenKind::dollar_string:
      return "dollar-quoted string";
    default:
      return "quoted string";
  }
}

class Splitter {
 public:
  Splitter(std::string_view text, Dialect dialect) : text_(text), dialect_(dialect), lexer_(text) {}

  std::vector<Piece> run() {
    for (Token token = lexer_.next(); !cut_off_; token = lexer_.next()) {
      if (lexer_.open_comment() != std::string_view::npos) {
        cut_off({lexer_.open_comment(), "comment"});
      } else if (token.kind == TokenKind::end) {
        end_statement();
        break;
      } else {
        see(token);
      }
    }
    return std::move(pieces_);
  }

 private:
  void see(const Token& token) {
    if (!token.terminated) {
      cut_off({token.offset, name_of(token.kind)});
    } else if (token.is('\\') && dialect_.meta_commands) {
      meta_command(token.offset);
    } else if (token.is(';') && !boundary_.open()) {
      const bool data = dialect_.copy_data && copy_.found();
      end_statement();
      if (data) skip_copy_data(token.offset);
    } else {
      if (!started_) start_ = token.offset;
      started_ = true;
      end_ = token.offset + token.text.size();
      boundary_.see(token);
      copy_.see(token);
    }
  }

  void cut_off(Unclosed unclosed) {
    const std::size_t start = started_ ? start_ : unclosed.offset;
    pieces_.push_back({PieceKind::statement, start, text_.size() - start, unclosed});
    cut_off_ = true;
  }

  void end_statement(bool by_command = false) {
    if (started_) pieces_.push_back({PieceKind::statement, start_, end_ - start_, {}, by_command});
    started_ = false;
    boundary_ = {};
    copy_ = {};
  }

  void meta_command(std::size_t offset) {
    if (text_.substr(offset, 2) == "\\;") {
      end_statement();
      return lexer_.seek(offset + 2);
    }
    const std::size_t end = meta_command_end(text_, offset);
    std::string_view line = text_.substr(offset, end - offset);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    end_statement(sends_query(line));
    pieces_.push_back({PieceKind::meta_command, offset, line.size()});
    lexer_.seek(text_.substr(end, 2) == "\\\\" ? end + 2 : end);
    CopyFromStdin copy;
    Lexer arguments(line.substr(1));
    for (Token token = arguments.next(); token.kind != TokenKind::end; token = arguments.next()) copy.see(token);
    if (dialect_.copy_data && copy.found()) skip_copy_data(offset);
  }

  // The data begins on the line after the command and ends before a line of \. alone.
  void skip_copy_data(std::size_t command) {
    for (std::size_t at = line_end(command); at < text_.size();) {
      const std::size_t start = at + 1;
      at = line_end(start);
      const std::string_view line = text_.substr(std::min(start, text_.size()), at - start);
      if (line == "\\." || line == "\\.\r") return lexer_.seek(at);
    }
    pieces_.back().unclosed = {command, "data of COPY", true};
  }

  std::size_t line_end(std::size_t offset) const { return std::min(text_.find('\n', offset), text_.size()); }

  std::string_view text_;
  Dialect dialect_;
  Lexer lexer_;
  std::vector<Piece> pieces_;
  bool cut_off_ = false;
  Boundary boundary_;
  CopyFromStdin copy_;
  bool started_ = false;
  std::size_t start_ = 0;
  std::size_t end_ = 0;
};

}  // namespace

std::vector<Piece> split(std::string_view text, Dialect dialect) { return Splitter(text, dialect).run(); }

}  // namespace pgplumb::parser
