#include "engine/audit.h"

#include "catalog/base/diagnostic.h"
#include "engine/live_text.h"

namespace pgplumb::engine {

using catalog::FieldInfo;
using catalog::Object;
using catalog::SealedObject;

namespace {

bool prints_what_means_the_same(const catalog::Catalog& catalog, const Object& owner, const FieldInfo& field,
                                const LiveTree& live) {
  const auto again = analyze_live_text(catalog, owner, field, live.printed);
  if (!again || !*again) return false;
  return live.query ? again->query == live.query : again->expression == live.expression;
}

void examine(const catalog::Catalog& catalog, AuditedText& audited) {
  const Object& owner = *audited.object.object;
  try {
    const LiveTree live = read_live_text(catalog, owner, audited.field, audited.text);
    audited.printed = live.printed;
    audited.unresolved = live.unresolved;
    if (live.fixpoint) return;
    audited.outcome = prints_what_means_the_same(catalog, owner, audited.field, live) ? AuditOutcome::same_tree
                                                                                      : AuditOutcome::different;
  } catch (const catalog::SqlError& error) {
    audited.outcome = AuditOutcome::refused;
    audited.reason = error.sqlstate + ": " + error.message;
  } catch (const catalog::NotSimulated& reason) {
    audited.outcome = AuditOutcome::not_simulated;
    audited.reason = reason.what();
  }
}

std::vector<std::string> texts_of(const FieldInfo& field, const Object& object) {
  std::vector<std::string> texts;
  if (field.ops->is_query) {
    texts.push_back(static_cast<const catalog::Query*>(field.get(&object))->text);
  } else {
    // The visitor only reads here.
    field.ops->visit_exprs(const_cast<void*>(field.get(&object)),
                           [&](catalog::Expr& expression) { texts.push_back(expression.text); });
  }
  std::erase(texts, "");
  return texts;
}

}  // namespace

std::string_view word_of(AuditOutcome outcome) {
  switch (outcome) {
    case AuditOutcome::fixpoint: return "fixpoint";
    case AuditOutcome::same_tree: return "same_tree";
    case AuditOutcome::different: return "different";
    case AuditOutcome::refused: return "refused";
    case AuditOutcome::not_simulated: return "not_simulated";
  }
  return "";
}

void audit(const catalog::SealedCatalog& live, const std::function<void(const AuditedText&)>& take) {
  for (const SealedObject& object : live.objects())
    for (const FieldInfo& field : catalog::kind_info(object.key.kind).fields)
      for (std::string& text : texts_of(field, *object.object)) {
        AuditedText audited{object, field, AuditOutcome::fixpoint, std::move(text), {}, {}, {}};
        examine(live.catalog(), audited);
        take(audited);
      }
}

}  // namespace pgplumb::engine
