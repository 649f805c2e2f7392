// The one unit that pays for the variant's construction, copying and access.
#include "catalog/expr_nodes.h"

namespace pgplumb::catalog::expr {

template <class T>
Node::Node(T node, int at) : value(std::move(node)), location(at) {}

Node::Node(const Node&) = default;
Node::Node(Node&&) noexcept = default;
Node::~Node() = default;

template <class T>
const T* Node::as() const { return std::get_if<T>(&value); }

template <class T>
NodePtr make(T node, int location) {
  return NodePtr(std::make_shared<const Node>(std::move(node), location));
}

namespace {

template <class T>
struct Instances {
  Node (*construct)(T) = [](T node) { return Node(std::move(node)); };
  const T* (Node::*as)() const = &Node::as<T>;
  NodePtr (*make)(T, int) = &expr::make<T>;
};

template <class Variant>
struct AllInstances;
template <class... T>
struct AllInstances<std::variant<T...>> : Instances<T>... {};

}  // namespace

/// Whoever reads this may call any instance, so that all of them are compiled here.
extern const AllInstances<NodeValue> every_instance;
const AllInstances<NodeValue> every_instance{};

}  // namespace pgplumb::catalog::expr
