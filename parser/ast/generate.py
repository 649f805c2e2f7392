#!/usr/bin/env python3
"""Writes the typed views over libpg_query's JSON from the pg_query.proto of the libpg_query that is linked.

usage: generate.py PROTO COMPAT_PROTO OUT_DIR

Three files come out: ast_fwd.h (enums and forward declarations), ast.h (one struct per message, one accessor per
field) and ast.cc (the names that the JSON spells). COMPAT_PROTO holds, in the same syntax, what some supported grammar
has and another has not; what PROTO lacks of it is added, so that code written for one grammar compiles against all.
"""
import pathlib
import re
import sys

# The scanner's own messages, and what only the planner fills: the raw parse tree never holds them.
SKIPPED = {"ParseResult", "ScanResult", "ScanToken", "SummaryResult", "Token", "KeywordKind", "Node"}
RENAMED = {"List": "ListNode"}  # List<T> is the range over a repeated field
SCALARS = {
    "string": ("std::string_view", "text"),
    "bool": ("bool", "boolean"),
    "int32": ("int", "integer"),
    "uint32": ("std::uint32_t", "unsigned_integer"),
    "int64": ("std::int64_t", "long_integer"),
    "uint64": ("std::uint64_t", "unsigned_long"),
    "double": ("double", "number"),
}
CPP_KEYWORDS = set(
    "alignas alignof and asm auto bool break case catch char class concept const constexpr continue decltype default "
    "delete do double else enum explicit export extern false final float for friend goto if inline int long mutable "
    "namespace new noexcept not operator or override private protected public register requires return short signed "
    "sizeof static struct switch template this throw true try typedef typename union unsigned using virtual void "
    "volatile while xor".split()
)
WARNING = "// Generated from libpg_query's pg_query.proto by parser/ast/generate.py: change that, not this.\n"


class Field:
    def __init__(self, repeated, type_, name, number, json_name):
        self.repeated = bool(repeated)
        self.type = type_
        self.name = name
        self.number = int(number)
        self.json = json_name or name

    @property
    def accessor(self):
        return self.name + "_" if self.name in CPP_KEYWORDS else self.name


def read_proto(path):
    """Gives (messages: name -> [Field], enums: name -> [word]) in the order of the file."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", re.sub(r"//[^\n]*", "", text), flags=re.S)
    messages, enums = {}, {}
    for kind, name, body in re.findall(r"\b(message|enum)\s+(\w+)\s*\{((?:[^{}]|\{[^{}]*\})*)\}", text):
        if kind == "enum":
            enums[name] = re.findall(r"(\w+)\s*=\s*\d+\s*;", body)
        else:
            pattern = r'(repeated\s+)?(\w+)\s+(\w+)\s*=\s*(\d+)\s*(?:\[\s*json_name\s*=\s*"(\w+)"\s*\])?\s*;'
            messages[name] = [Field(*match) for match in re.findall(pattern, body)]
    return messages, enums


def merge(base, extra):
    """Adds to `base` what only `extra` has; a field that both have takes the type that `extra` gives it."""
    for name, fields in extra[0].items():
        mine = base[0].setdefault(name, [])
        for field in fields:
            same = [known for known in mine if known.json == field.json]
            if same:
                same[0].type, same[0].repeated = field.type, field.repeated
            else:
                field.number = 0  # never on the wire of this grammar
                mine.append(field)
    for name, words in extra[1].items():
        mine = base[1].setdefault(name, [])
        mine.extend(word for word in words if word not in mine)


def cpp(name):
    return RENAMED.get(name, name)


class Writer:
    def __init__(self, messages, enums):
        self.messages = {name: fields for name, fields in messages.items() if name not in SKIPPED}
        self.enums = {name: words for name, words in enums.items() if name not in SKIPPED}
        self.wire = messages
        self.names = sorted(self.messages)

    def forward_header(self):
        out = [WARNING, "#pragma once\n#include <cstdint>\n#include <string_view>\n"]
        out.append("\nnamespace pgplumb::parser::ast {\n\n/// The kind of a node: PostgreSQL's own NodeTag names.\n")
        out.append("enum class NodeTag : std::uint16_t {\n  none = 0,\n")
        out += [f"  {cpp(name)},\n" for name in self.names]
        out.append("};\n\n/// PostgreSQL's name of the node's struct; empty for none.\n")
        out.append("std::string_view to_string(NodeTag tag);\n\n")
        for name, words in self.enums.items():
            out.append(f"enum class {name} : std::uint16_t {{\n" + "".join(f"  {word},\n" for word in words) + "};\n")
        out.append("\n")
        out += [f"std::string_view to_string({name} value);\n" for name in self.enums]
        out.append("\nclass Node;\n")
        out += [f"struct {cpp(name)};\n" for name in self.messages]
        out.append("\n}  // namespace pgplumb::parser::ast\n")
        return "".join(out)

    def accessor(self, owner, field):
        """Gives (declaration or definition inside the struct, definition after all structs)."""
        head = f"{field.accessor}() const"
        if field.repeated:
            if field.type in SCALARS:
                return "", ""
            body = f'{{ return List<{cpp(field.type)}>(detail::member(value_, "{field.json}")); }}'
            return f"  List<{cpp(field.type)}> {head} {body}\n", ""
        if field.name == "location":
            return f"  int {head} {{ return detail::location(value_); }}\n", ""
        if field.type in SCALARS:
            type_, reader = SCALARS[field.type]
            return f'  {type_} {head} {{ return detail::{reader}(value_, "{field.json}"); }}\n', ""
        if field.type in self.enums:
            number = list(self.enums).index(field.type)
            body = f'static_cast<{field.type}>(detail::enumeration(value_, "{field.json}", {number}))'
            return f"  {field.type} {head} {{ return {body}; }}\n", ""
        if field.type == "Node":
            return f'  Node {head} {{ return Node(detail::member(value_, "{field.json}")); }}\n', ""
        body = f'{{ return {cpp(field.type)}(detail::member(value_, "{field.json}")); }}'
        after = f"inline {cpp(field.type)} {cpp(owner)}::{head} {body}\n"
        return f"  {cpp(field.type)} {head};\n", after

    def header(self):
        out = [WARNING, '#pragma once\n#include "parser/ast/view.h"\n\nnamespace pgplumb::parser::ast {\n\n']
        after = []
        for name, fields in self.messages.items():
            tag = cpp(name)
            out.append(f"struct {tag} : View {{\n  static constexpr NodeTag node_tag = NodeTag::{tag};\n")
            out.append(f'  static constexpr std::string_view node_name = "{name}";\n  using View::View;\n')
            for field in fields:
                inside, outside = self.accessor(name, field)
                out.append(inside)
                after.append(outside)
            out.append("};\n")
        out.append("\n")
        out += after
        out.append("\n}  // namespace pgplumb::parser::ast\n")
        return "".join(out)

    def source(self):
        out = [WARNING, '#include "parser/ast/tables.h"\n\n']
        out.append("namespace pgplumb::parser::ast {\n\nnamespace {\n\n")
        for name, words in self.enums.items():
            out.append(f"constexpr std::string_view {name}_words[] = {{\n")
            out += [f'    "{word}",\n' for word in words]
            out.append("};\n")
        for name in self.names:
            rows = self.wire_rows(name)
            if rows:
                out.append(f"constexpr detail::WireField {name}_wire[] = {{\n{rows}}};\n")
        out.append("constexpr detail::WireField Node_wire[] = {\n" + self.wire_rows("Node") + "};\n")
        out.append("\n}  // namespace\n\nnamespace detail {\n\nconst std::span<const std::string_view> enum_words[] = {\n")
        out += [f"    {name}_words,\n" for name in self.enums]
        out.append("};\n\nconst TagEntry tag_entries[] = {\n")
        for name in self.names:
            located = any(field.name == "location" for field in self.messages[name])
            wire = f"{name}_wire" if self.wire_rows(name) else "{}"
            out.append(f'    {{"{name}", {"true" if located else "false"}, {wire}}},\n')
        out.append("};\nconst std::size_t tag_count = std::size(tag_entries);\n")
        out.append("const std::span<const WireField> node_wire = Node_wire;\n\n}  // namespace detail\n\n")
        for number, name in enumerate(self.enums):
            out.append(f"std::string_view to_string({name} value) {{\n")
            out.append(f"  return detail::enum_words[{number}][static_cast<std::size_t>(value)];\n}}\n")
        out.append("\n}  // namespace pgplumb::parser::ast\n")
        return "".join(out)

    def wire_rows(self, name):
        """The fields that hold messages, by their number on protobuf's wire."""
        rows = []
        for field in self.wire.get(name, []):
            if field.number and (field.type in self.messages or field.type == "Node"):
                tag = "none" if field.type == "Node" else cpp(field.type)
                repeated = "true" if field.repeated else "false"
                rows.append(f'    {{{field.number}, NodeTag::{tag}, {repeated}, "{field.json}"}},\n')
        return "".join(rows)


def main():
    proto, compat, out_dir = sys.argv[1:]
    tree = read_proto(proto)
    merge(tree, read_proto(compat))
    writer = Writer(*tree)
    out = pathlib.Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    (out / "ast_fwd.h").write_text(writer.forward_header(), encoding="utf-8")
    (out / "ast.h").write_text(writer.header(), encoding="utf-8")
    (out / "ast.cc").write_text(writer.source(), encoding="utf-8")


if __name__ == "__main__":
    main()
