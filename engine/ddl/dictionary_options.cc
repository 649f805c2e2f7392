#include "engine/ddl/dictionary_options.h"

#include <algorithm>
#include <array>

#include "catalog/builtin/builtin.h"
#include "engine/ddl/def_elem.h"

namespace pgplumb::engine::ddl {

namespace {

struct OptionRule {
  std::string_view name;
  const char* required;  // as the message calls it; null where it may be left out
  bool is_boolean;
};

struct TemplateRule {
  std::string_view name;
  const char* noun;
  std::array<OptionRule, 3> options;
};
constexpr std::array<TemplateRule, 5> template_rules = {
    {{"simple", "simple dictionary", {{{"stopwords", nullptr, false}, {"accept", nullptr, true}}}},
     {"synonym", "synonym", {{{"synonyms", "Synonyms", false}, {"casesensitive", nullptr, true}}}},
     {"ispell", "Ispell", {{{"afffile", "AffFile", false}, {"dictfile", "DictFile", false}, {"stopwords", nullptr, false}}}},
     {"thesaurus", "Thesaurus", {{{"dictfile", "DictFile", false}, {"dictionary", "Dictionary", false}}}},
     {"snowball", "Snowball", {{{"language", "Language", false}, {"stopwords", nullptr, false}}}}}};

const TemplateRule* rule_of(const Interpreter& interpreter, Oid text_search_template) {
  const auto* row = catalog::builtin::of(interpreter.major()).ts_template_by_oid(text_search_template);
  if (!row) return nullptr;
  for (const TemplateRule& rule : template_rules)
    if (rule.name == row->tmplname.view()) return &rule;
  return nullptr;
}

void check_option(const TemplateRule& rule, ast::DefElem option) {
  const auto known = std::find_if(rule.options.begin(), rule.options.end(), [&](const OptionRule& candidate) {
    return !candidate.name.empty() && candidate.name == option.defname();
  });
  if (known == rule.options.end())
    throw SqlError("22023", "unrecognized " + std::string(rule.noun) + " parameter: \"" + std::string(option.defname()) + "\"");
  if (known->is_boolean) def_boolean(option);
}

}  // namespace

void check_dictionary_options(const Interpreter& interpreter, Oid text_search_template, ast::List<ast::Node> written,
                              const DictionaryOptions& all) {
  const TemplateRule* rule = rule_of(interpreter, text_search_template);
  if (!rule) return;
  for (ast::Node node : written)
    if (const auto option = node.as<ast::DefElem>(); option.arg() && option.defname() != "template")
      check_option(*rule, option);
  for (const OptionRule& option : rule->options) {
    const auto is_option = [&](const DictionaryOption& given) { return given.name == option.name; };
    if (option.required && std::none_of(all.begin(), all.end(), is_option))
      throw SqlError("22023", "missing " + std::string(option.required) + " parameter");
  }
}

}  // namespace pgplumb::engine::ddl
