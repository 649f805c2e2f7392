#pragma once
// A subscription (pg_subscription). How it connects to the publisher is a secret: never read.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

/// pg_subscription.substream; a boolean before 16
enum class Streaming : std::uint8_t { off, on, parallel };
inline constexpr EnumEntry streaming_entries[] = {{0, "f", "off"}, {1, "t", "on"}, {2, "p", "parallel"}};
constexpr std::span<const EnumEntry> enum_entries(Streaming) { return streaming_entries; }

struct Subscription : Object {
  bool enabled = true;
  Name slot;  // empty: none
  std::string synchronous_commit = "off";
  std::vector<Name> publications;
  bool binary = false;                          // 14 and later
  Streaming streaming = Streaming::off;         // 14 and later
  bool two_phase = false;                       // 15 and later
  bool disable_on_error = false;                // 15 and later
  bool password_required = true;                // 16 and later
  bool run_as_owner = false;                    // 16 and later
  std::string origin = "any";                   // 16 and later
  bool failover = false;                        // 17 and later
};

// Not every column that others may read is readable by all in 13: synchronous_commit is not.
inline constexpr auto subscription_fields =
    fields(field<&Object::name>("name", identity, "s.subname"),
           field<&Subscription::enabled>("enabled", attribute, "s.subenabled"),
           field<&Subscription::slot>("slot", attribute, "s.subslotname"),
           field<&Subscription::synchronous_commit>("synchronous_commit", attribute, "s.subsynccommit"),
           field<&Subscription::publications>("publications", attribute | set, "to_json(s.subpublications)"),
           field<&Subscription::binary>("binary", attribute, "s.subbinary").since(14),
           field<&Subscription::streaming>("streaming", attribute, "s.substream").since(14),
           field<&Subscription::two_phase>("two_phase", attribute, "s.subtwophasestate <> 'd'").since(15),
           field<&Subscription::disable_on_error>("disable_on_error", attribute, "s.subdisableonerr").since(15),
           field<&Subscription::password_required>("password_required", attribute, "s.subpasswordrequired").since(16),
           field<&Subscription::run_as_owner>("run_as_owner", attribute, "s.subrunasowner").since(16),
           field<&Subscription::origin>("origin", attribute, "s.suborigin").since(16),
           field<&Subscription::failover>("failover", attribute, "s.subfailover").since(17));

}  // namespace pgplumb::catalog
