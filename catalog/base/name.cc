#include "catalog/base/name.h"

#include <algorithm>
#include <array>
#include <deque>
#include <mutex>
#include <unordered_map>

#include "catalog/base/hash.h"
#include "catalog/base/keywords.h"

namespace pgplumb::catalog {

struct Name::Entry {
  std::string text;
  std::uint64_t hash;
};

/// Sharded, so that parallel readers of a live catalog seldom wait for each other. Entries live as long as the process.
class NamePool {
 public:
  static NamePool& instance() {
    static NamePool* pool = new NamePool;  // never destroyed: names may outlive static destruction
    return *pool;
  }

  const Name::Entry* intern(std::string_view text) {
    const std::uint64_t hash = hash64(text);
    Shard& shard = shards_[hash % shards_.size()];
    std::lock_guard lock(shard.mutex);
    if (auto found = shard.by_text.find(text); found != shard.by_text.end()) return found->second;
    const Name::Entry& entry = shard.entries.emplace_back(Name::Entry{std::string(text), hash});
    shard.by_text.emplace(entry.text, &entry);
    return &entry;
  }

 private:
  struct Shard {
    std::mutex mutex;
    std::deque<Name::Entry> entries;
    std::unordered_map<std::string_view, const Name::Entry*> by_text;
  };
  std::array<Shard, 16> shards_;
};

Name::Name(std::string_view text) : entry_(text.empty() ? nullptr : NamePool::instance().intern(text)) {}

const std::string& Name::str() const {
  static const std::string nothing;
  return entry_ ? entry_->text : nothing;
}

std::uint64_t Name::hash() const { return entry_ ? entry_->hash : 0; }

namespace {

bool is_safe_identifier(std::string_view name) {
  auto starts = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  auto continues = [&](char c) { return starts(c) || (c >= '0' && c <= '9'); };
  return !name.empty() && starts(name.front()) && std::all_of(name.begin(), name.end(), continues) &&
         !keyword_needs_quotes(name);
}

std::string doubled(std::string_view text, char quote) {
  std::string out;
  out.reserve(text.size() + 2);
  for (char c : text) {
    if (c == quote) out += c;
    out += c;
  }
  return out;
}

}  // namespace

std::string quote_identifier(std::string_view name) {
  if (is_safe_identifier(name)) return std::string(name);
  return '"' + doubled(name, '"') + '"';
}

std::string quote_qualified(std::string_view schema, std::string_view name) {
  if (schema.empty()) return quote_identifier(name);
  return quote_identifier(schema) + '.' + quote_identifier(name);
}

std::string quote_literal(std::string_view text) {
  const bool escapes = text.find('\\') != std::string_view::npos;
  const std::string body = doubled(text, '\'');
  return escapes ? "E'" + doubled(body, '\\') + "'" : "'" + body + "'";
}

std::string_view clip_utf8(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

std::string make_object_name(std::string_view name1, std::string_view name2, std::string_view label) {
  std::size_t overhead = 0;
  if (!name2.empty()) ++overhead;
  if (!label.empty()) overhead += label.size() + 1;
  const std::size_t available = max_identifier_length - overhead;
  std::size_t length1 = name1.size(), length2 = name2.size();
  while (length1 + length2 > available) {
    if (length1 > length2)
      --length1;
    else
      --length2;
  }
  std::string name(clip_utf8(name1, length1));
  if (!name2.empty()) name.append("_").append(clip_utf8(name2, length2));
  if (!label.empty()) name.append("_").append(label);
  return name;
}

}  // namespace pgplumb::catalog
