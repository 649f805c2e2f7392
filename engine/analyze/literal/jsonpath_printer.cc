#include <fmt/format.h>

#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/jsonpath.h"

namespace pgplumb::engine::analyze::literal {

namespace {

int priority(const PathItem& item) {
  if (item.kind == PathKind::sign) return 5;
  if (item.kind != PathKind::binary) return 6;
  const std::string& op = item.text;
  if (op == "||") return 0;
  if (op == "&&") return 1;
  if (op == "+" || op == "-") return 3;
  return op == "*" || op == "/" || op == "%" ? 4 : 2;
}

class PathPrinter {
 public:
  explicit PathPrinter(int major) : major_(major) {}

  std::string out;

  void print(const PathItem& item, bool in_key, bool brackets) {
    own_part(item, in_key, brackets);
    if (item.next) print(*item.next, true, true);
  }

 private:
  void argument(const PathItem& argument, const PathItem& of) {
    print(argument, false, priority(argument) <= priority(of));
  }
  void enclosed(const PathItem& item, const char* open, const char* close) {
    out += open;
    print(*item.left, false, false);
    out += close;
  }
  void bracketed(bool brackets, auto inner) {
    if (brackets) out += '(';
    inner();
    if (brackets) out += ')';
  }

  void own_part(const PathItem& item, bool in_key, bool brackets) {
    switch (item.kind) {
      case PathKind::null: out += "null"; break;
      case PathKind::string: out += json_string_text(item.text); break;
      case PathKind::numeric: bracketed(major_ >= 16 && item.next, [&] { out += item.text; }); break;
      case PathKind::boolean: out += item.text; break;
      case PathKind::root: out += '$'; break;
      case PathKind::current: out += '@'; break;
      case PathKind::last: out += "last"; break;
      case PathKind::variable: out += "$" + json_string_text(item.text); break;
      case PathKind::key: out += (in_key ? "." : "") + json_string_text(item.text); break;
      case PathKind::any_key: out += in_key ? ".*" : "*"; break;
      case PathKind::any_array: out += "[*]"; break;
      case PathKind::any_path: any_path(item, in_key); break;
      case PathKind::subscripts: subscripts(item); break;
      case PathKind::filter: enclosed(item, "?(", ")"); break;
      case PathKind::method: method(item); break;
      case PathKind::binary: binary(item, brackets); break;
      case PathKind::sign: bracketed(brackets, [&] { out += item.text, argument(*item.left, item); }); break;
      case PathKind::negation: enclosed(item, "!(", ")"); break;
      case PathKind::is_unknown: enclosed(item, "(", ") is unknown"); break;
      case PathKind::exists: enclosed(item, "exists (", ")"); break;
      case PathKind::like_regex: like_regex(item, brackets); break;
    }
  }

  void binary(const PathItem& item, bool brackets) {
    bracketed(brackets, [&] {
      argument(*item.left, item);
      out += " " + item.text + " ";
      argument(*item.right, item);
    });
  }

  void like_regex(const PathItem& item, bool brackets) {
    bracketed(brackets, [&] {
      argument(*item.left, item);
      out += " like_regex " + json_string_text(item.text);
      if (!item.flags.empty()) out += " flag \"" + item.flags + "\"";
    });
  }

  void subscripts(const PathItem& item) {
    out += '[';
    bool first = true;
    for (const Subscript& subscript : item.subscripts) {
      if (!first) out += ',';
      first = false;
      print(*subscript.from, false, false);
      if (!subscript.to) continue;
      out += " to ";
      print(*subscript.to, false, false);
    }
    out += ']';
  }

  void any_path(const PathItem& item, bool in_key) {
    auto level = [](const std::optional<std::uint32_t>& given) { return given ? std::to_string(*given) : "last"; };
    out += in_key ? ".**" : "**";
    if (item.first == 0u && !item.last_level) return;
    out += "{" + level(item.first);
    if (item.first != item.last_level) out += " to " + level(item.last_level);
    out += "}";
  }

  void method(const PathItem& item) {
    out += "." + item.text + "(";
    for (std::size_t i = 0; i < item.arguments.size(); ++i) {
      if (i > 0) out += ',';
      print(*item.arguments[i], false, false);
    }
    out += ')';
  }

  int major_;
};

}  // namespace

std::string print_jsonpath(const JsonPath& path, int major) {
  PathPrinter printer(major);
  printer.out = path.strict ? "strict " : "";
  printer.print(*path.root, false, true);
  return std::move(printer.out);
}

std::string jsonpath_in(std::string_view text, int major) { return print_jsonpath(parse_jsonpath(text, major), major); }

}  // namespace pgplumb::engine::analyze::literal
