// Subscriptions: commands/subscriptioncmds.c. How they connect is a secret that is looked at and forgotten.
#include "catalog/kinds/subscription.h"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

#include "engine/ddl/def_elem.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// WITH (…) and SET (…).
struct SubscriptionOptions {
  OnceOption connect, enabled, create_slot, slot_name, copy_data, synchronous_commit, refresh, binary, streaming,
      two_phase, disable_on_error, password_required, run_as_owner, origin, failover;
};

/// The statements that an option may stand in.
enum Where : unsigned { on_create = 1, on_set = 2, on_publications = 4, on_enabled = 8, on_refresh = 16 };

struct KnownSubscriptionOption {
  std::string_view name;
  OnceOption SubscriptionOptions::*slot;
  unsigned where;
  int since;
};
constexpr KnownSubscriptionOption known_subscription_options[] = {{"connect", &SubscriptionOptions::connect, on_create, 0},
                                   {"enabled", &SubscriptionOptions::enabled, on_create | on_enabled, 0},
                                   {"create_slot", &SubscriptionOptions::create_slot, on_create, 0},
                                   {"slot_name", &SubscriptionOptions::slot_name, on_create | on_set, 0},
                                   {"copy_data", &SubscriptionOptions::copy_data, on_create | on_publications | on_refresh, 0},
                                   {"synchronous_commit", &SubscriptionOptions::synchronous_commit, on_create | on_set, 0},
                                   {"refresh", &SubscriptionOptions::refresh, on_publications, 0},
                                   {"binary", &SubscriptionOptions::binary, on_create | on_set, 14},
                                   {"streaming", &SubscriptionOptions::streaming, on_create | on_set, 14},
                                   {"two_phase", &SubscriptionOptions::two_phase, on_create, 15},
                                   {"two_phase", &SubscriptionOptions::two_phase, on_set, 18},
                                   {"disable_on_error", &SubscriptionOptions::disable_on_error, on_create | on_set, 15},
                                   {"password_required", &SubscriptionOptions::password_required, on_create | on_set, 16},
                                   {"run_as_owner", &SubscriptionOptions::run_as_owner, on_create | on_set, 16},
                                   {"origin", &SubscriptionOptions::origin, on_create | on_set, 16},
                                   {"failover", &SubscriptionOptions::failover, on_create | on_set, 17}};

SubscriptionOptions subscription_options(const Interpreter& interpreter, ast::List<ast::Node> list, unsigned where) {
  SubscriptionOptions options;
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    const auto known = std::find_if(std::begin(known_subscription_options), std::end(known_subscription_options), [&](const KnownSubscriptionOption& entry) {
      return entry.name == option.defname() && (entry.where & where) && interpreter.major() >= entry.since;
    });
    if (known == std::end(known_subscription_options))
      throw SqlError("42601", "unrecognized subscription parameter: \"" + std::string(option.defname()) + "\"");
    (options.*known->slot).set(option);
  }
  return options;
}

bool flag(const OnceOption& option, bool otherwise) { return option ? def_boolean(*option) : otherwise; }

[[noreturn]] void exclusive(const char* a, const char* b) {
  throw SqlError("42601", std::string(a) + " and " + b + " are mutually exclusive options");
}

/// libpqrcv_check_conninfo
void check_connection(std::string_view text) {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(std::string(text).c_str(), &message), &PQconninfoFree);
  const std::string reason(message ? message : "");
  PQfreemem(message);
  if (!options) throw SqlError("42601", "invalid connection string syntax: " + reason);
}

/// ReplicationSlotValidateName of replication/slot.c
void check_slot_name(const std::string& name) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (name.empty()) throw SqlError("42602", "replication slot name \"\" is too short");
  if (!std::all_of(name.begin(), name.end(), allowed))
    throw SqlError("42602", "replication slot name \"" + name + "\" contains invalid character", {},
                   "Replication slot names may only contain lower case letters, numbers, and the underscore character.");
}

bool slot_is_none(const SubscriptionOptions& options) { return options.slot_name && def_string(*options.slot_name) == "none"; }

void check_named_slot(const SubscriptionOptions& options) {
  if (options.slot_name && !slot_is_none(options)) check_slot_name(def_string(*options.slot_name));
}

/// What connect = false and slot_name = NONE rule out.
void check_options(const SubscriptionOptions& options) {
  check_named_slot(options);
  if (!flag(options.connect, true)) {
    if (options.enabled && flag(options.enabled, true)) exclusive("connect = false", "enabled = true");
    if (options.create_slot && flag(options.create_slot, true)) exclusive("connect = false", "create_slot = true");
    if (options.copy_data && flag(options.copy_data, true)) exclusive("connect = false", "copy_data = true");
  }
  if (!slot_is_none(options)) return;
  const bool connects = flag(options.connect, true);
  if (flag(options.enabled, connects)) {
    if (options.enabled) exclusive("slot_name = NONE", "enabled = true");
    throw SqlError("42601", "subscription with slot_name = NONE must also set enabled = false");
  }
  if (flag(options.create_slot, connects)) {
    if (options.create_slot) exclusive("slot_name = NONE", "create_slot = true");
    throw SqlError("42601", "subscription with slot_name = NONE must also set create_slot = false");
  }
}

Streaming streaming_of(const Interpreter& interpreter, ast::DefElem option) {
  if (interpreter.major() >= 16 && option.arg() && equals_ignoring_case(def_string(option), "parallel"))
    return Streaming::parallel;
  return def_boolean(option) ? Streaming::on : Streaming::off;
}

std::string origin_of(ast::DefElem option) {
  const std::string word = def_string(option);
  for (const char* known : {"none", "any"})
    if (equals_ignoring_case(word, known)) return known;
  throw SqlError("22023", "unrecognized origin value: \"" + word + "\"");
}

void apply_subscription(const Interpreter& interpreter, const SubscriptionOptions& options, Edit<Subscription>& edit) {
  if (options.slot_name) edit.set<&Subscription::slot>(slot_is_none(options) ? Name() : def_name(*options.slot_name));
  if (options.synchronous_commit) edit.set<&Subscription::synchronous_commit>(def_string(*options.synchronous_commit));
  if (options.binary) edit.set<&Subscription::binary>(def_boolean(*options.binary));
  if (options.streaming) edit.set<&Subscription::streaming>(streaming_of(interpreter, *options.streaming));
  if (options.two_phase) edit.set<&Subscription::two_phase>(def_boolean(*options.two_phase));
  if (options.disable_on_error) edit.set<&Subscription::disable_on_error>(def_boolean(*options.disable_on_error));
  if (options.password_required) edit.set<&Subscription::password_required>(def_boolean(*options.password_required));
  if (options.run_as_owner) edit.set<&Subscription::run_as_owner>(def_boolean(*options.run_as_owner));
  if (options.origin) edit.set<&Subscription::origin>(origin_of(*options.origin));
  if (options.failover) edit.set<&Subscription::failover>(def_boolean(*options.failover));
}

std::vector<Name> read_publications(ast::List<ast::Node> list) {
  std::vector<Name> names;
  for (ast::Node node : list) {
    const Name name(node.str());
    if (std::find(names.begin(), names.end(), name) != names.end())
      throw SqlError("42710", "publication name \"" + name.str() + "\" used more than once");
    names.push_back(name);
  }
  return names;
}

void add_publications(std::vector<Name>& known, const std::vector<Name>& added, const Name& subscription) {
  for (Name name : added) {
    if (std::find(known.begin(), known.end(), name) != known.end())
      throw SqlError("42710",
                     "publication \"" + name.str() + "\" is already in subscription \"" + subscription.str() + "\"");
    known.push_back(name);
  }
}

void drop_publications(std::vector<Name>& known, const std::vector<Name>& dropped, const Name& subscription) {
  for (Name name : dropped)
    if (std::erase(known, name) == 0)
      throw SqlError("42P17",
                     "publication \"" + name.str() + "\" is not in subscription \"" + subscription.str() + "\"");
  if (known.empty()) throw SqlError("42P17", "cannot drop all the publications from a subscription");
}

Ref<Subscription> require_subscription(const Interpreter& interpreter, std::string_view name) {
  return {find_unqualified(interpreter, ast::ObjectType::OBJECT_SUBSCRIPTION, name).oid};
}

}  // namespace

void create_subscription(Interpreter& interpreter, ast::CreateSubscriptionStmt statement) {
  const SubscriptionOptions options = subscription_options(interpreter, statement.options(), on_create);
  check_options(options);
  const bool connects = flag(options.connect, true);
  if (flag(options.create_slot, connects))
    interpreter.forbid_block("CREATE SUBSCRIPTION ... WITH (create_slot = true)");
  require_superuser(interpreter, interpreter.major() >= 16 ? "permission denied to create subscription"
                                                           : "must be superuser to create subscriptions");
  Subscription subscription;
  subscription.name = Name(statement.subname());
  subscription.owner = new_owner(interpreter);
  if (interpreter.catalog().find_named<Subscription>(invalid_oid, subscription.name))
    throw SqlError("42710", "subscription \"" + subscription.name.str() + "\" already exists");
  check_connection(statement.conninfo());
  subscription.publications = read_publications(statement.publication());
  subscription.enabled = flag(options.enabled, connects);
  subscription.slot = subscription.name;
  const Ref<Subscription> stored = interpreter.catalog().insert(std::move(subscription));
  auto edit = interpreter.catalog().edit(stored);
  apply_subscription(interpreter, options, edit);
}

namespace {

using Form = ast::AlterSubscriptionType;

unsigned place_of(Form form) {
  switch (form) {
    case Form::ALTER_SUBSCRIPTION_OPTIONS:
      return on_set;
    case Form::ALTER_SUBSCRIPTION_ENABLED:
      return on_enabled;
    case Form::ALTER_SUBSCRIPTION_REFRESH:
      return on_refresh;
    default:
      return on_publications;
  }
}

/// Asking the publisher again waits for it: not for a disabled subscription, nor within a transaction block.
void check_refresh(Interpreter& interpreter, const Subscription& subscription, Form form, const SubscriptionOptions& options) {
  if (form == Form::ALTER_SUBSCRIPTION_REFRESH) {
    if (!subscription.enabled)
      throw SqlError("55000", "ALTER SUBSCRIPTION ... REFRESH is not allowed for disabled subscriptions");
    return interpreter.forbid_block("ALTER SUBSCRIPTION ... REFRESH");
  }
  const bool changes = form == Form::ALTER_SUBSCRIPTION_SET_PUBLICATION ||
                       form == Form::ALTER_SUBSCRIPTION_ADD_PUBLICATION ||
                       form == Form::ALTER_SUBSCRIPTION_DROP_PUBLICATION;
  if (!changes || !flag(options.refresh, true)) return;
  if (!subscription.enabled)
    throw SqlError("42601", "ALTER SUBSCRIPTION with refresh is not allowed for disabled subscriptions", {},
                   "Use ALTER SUBSCRIPTION ... SET PUBLICATION ... WITH (refresh = false).");
  interpreter.forbid_block("ALTER SUBSCRIPTION with refresh");
}

}  // namespace

void alter_subscription(Interpreter& interpreter, ast::AlterSubscriptionStmt statement) {
  const Ref<Subscription> ref = require_subscription(interpreter, statement.subname());
  require_owner(interpreter, interpreter.catalog().get(ref));
  if (statement.kind() == Form::ALTER_SUBSCRIPTION_SKIP) return;
  const SubscriptionOptions options = subscription_options(interpreter, statement.options(), place_of(statement.kind()));
  check_named_slot(options);
  check_refresh(interpreter, interpreter.catalog().get(ref), statement.kind(), options);
  if (statement.kind() == Form::ALTER_SUBSCRIPTION_CONNECTION) check_connection(statement.conninfo());
  const Name name(statement.subname());
  const std::vector<Name> listed = read_publications(statement.publication());
  auto edit = interpreter.catalog().edit(ref);
  switch (statement.kind()) {
    case Form::ALTER_SUBSCRIPTION_OPTIONS:
      return apply_subscription(interpreter, options, edit);
    case Form::ALTER_SUBSCRIPTION_SET_PUBLICATION:
      edit.set<&Subscription::publications>(listed);
      return;
    case Form::ALTER_SUBSCRIPTION_ADD_PUBLICATION:
      edit.change<&Subscription::publications>(
          [&](std::vector<Name>& known) { add_publications(known, listed, name); });
      return;
    case Form::ALTER_SUBSCRIPTION_DROP_PUBLICATION:
      edit.change<&Subscription::publications>(
          [&](std::vector<Name>& known) { drop_publications(known, listed, name); });
      return;
    case Form::ALTER_SUBSCRIPTION_ENABLED: {
      const bool enabled = flag(options.enabled, true);
      if (enabled && edit->slot.empty())
        throw SqlError("55000", "cannot enable subscription that does not have a slot name");
      edit.set<&Subscription::enabled>(enabled);
      return;
    }
    default:
      return;  // CONNECTION, REFRESH and SKIP change nothing that is compared
  }
}

void drop_subscription(Interpreter& interpreter, ast::DropSubscriptionStmt statement) {
  const Address address =
      find_unqualified(interpreter, ast::ObjectType::OBJECT_SUBSCRIPTION, statement.subname(), statement.missing_ok());
  if (!address) {
    interpreter.notice("subscription \"" + std::string(statement.subname()) + "\" does not exist, skipping");
    return;
  }
  require_owner(interpreter, *address.object);
  if (!static_cast<const Subscription&>(*address.object).slot.empty()) interpreter.forbid_block("DROP SUBSCRIPTION");
  perform_deletion(interpreter, {address.oid}, behavior_of(statement.behavior()));
}

}  // namespace pgplumb::engine::ddl
