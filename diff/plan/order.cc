#include "diff/plan/order.h"

#include <algorithm>

namespace pgplumb::diff {

namespace {

/// Kahn's algorithm over the hard edges; among what is ready, first that no wish is pending for, then the least key.
class Kahn {
 public:
  explicit Kahn(const std::vector<Action>& actions) : actions_(actions), hard_(actions.size()), soft_(actions.size()) {
    followers_.resize(actions.size());
    wishers_.resize(actions.size());
    for (std::size_t i = 0; i < actions.size(); ++i) {
      hard_[i] = actions[i].after.size();
      soft_[i] = actions[i].rather_after.size();
      for (std::size_t before : actions[i].after) followers_[before].push_back(i);
      for (std::size_t before : actions[i].rather_after) wishers_[before].push_back(i);
    }
  }

  std::vector<std::size_t> run() {
    for (std::size_t i = 0; i < actions_.size(); ++i)
      if (hard_[i] == 0) ready_.insert(rank(i));
    std::vector<std::size_t> order;
    while (!ready_.empty()) {
      const std::size_t next = std::get<2>(*ready_.begin());
      ready_.erase(ready_.begin());
      order.push_back(next);
      hard_[next] = done;
      for (std::size_t follower : followers_[next])
        if (--hard_[follower] == 0) ready_.insert(rank(follower));
      for (std::size_t wisher : wishers_[next]) grant_wish(wisher);
    }
    return order;
  }

 private:
  using Rank = std::tuple<bool, const ActionKey&, std::size_t>;
  struct Less {
    bool operator()(const Rank& a, const Rank& b) const { return a < b; }
  };
  static constexpr std::size_t done = static_cast<std::size_t>(-1);

  Rank rank(std::size_t i) const { return {soft_[i] > 0, actions_[i].key, i}; }

  void grant_wish(std::size_t wisher) {
    const bool is_ready = hard_[wisher] == 0;
    if (is_ready) ready_.erase(rank(wisher));
    --soft_[wisher];
    if (is_ready) ready_.insert(rank(wisher));
  }

  const std::vector<Action>& actions_;
  std::vector<std::size_t> hard_, soft_;
  std::vector<std::vector<std::size_t>> followers_, wishers_;
  std::set<Rank, Less> ready_;
};

/// Tarjan's strongly connected components, without recursion on the caller's side of deep graphs.
class Components {
 public:
  explicit Components(const std::vector<Action>& actions) : actions_(actions), index_(actions.size()), low_(actions.size()) {}

  std::vector<std::vector<std::size_t>> run() {
    for (std::size_t i = 0; i < actions_.size(); ++i)
      if (!index_[i]) visit(i);
    return std::move(found_);
  }

 private:
  struct Frame {
    std::size_t node;
    std::set<std::size_t>::const_iterator next;
  };

  void enter(std::size_t node) {
    index_[node] = low_[node] = ++counter_;
    stack_.push_back(node);
    on_stack_.insert(node);
    frames_.push_back({node, actions_[node].after.begin()});
  }

  void visit(std::size_t root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::size_t node = frame.node;
      if (frame.next == actions_[node].after.end()) {
        frames_.pop_back();
        if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
        if (low_[node] == index_[node]) close(node);
        continue;
      }
      const std::size_t other = *frame.next++;
      if (!index_[other])
        enter(other);
      else if (on_stack_.count(other))
        low_[node] = std::min(low_[node], index_[other]);
    }
  }

  void close(std::size_t node) {
    std::vector<std::size_t> component;
    std::size_t member;
    do {
      member = stack_.back();
      stack_.pop_back();
      on_stack_.erase(member);
      component.push_back(member);
    } while (member != node);
    if (component.size() > 1) found_.push_back(std::move(component));
  }

  const std::vector<Action>& actions_;
  std::vector<std::size_t> index_, low_, stack_;
  std::set<std::size_t> on_stack_;
  std::vector<Frame> frames_;
  std::size_t counter_ = 0;
  std::vector<std::vector<std::size_t>> found_;
};

}  // namespace

std::vector<std::size_t> order_actions(const std::vector<Action>& actions) { return Kahn(actions).run(); }

std::vector<std::vector<std::size_t>> cycles_of(const std::vector<Action>& actions) { return Components(actions).run(); }

}  // namespace pgplumb::diff
