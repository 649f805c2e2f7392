#include "parser/kept_tree.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "parser/ast/view.h"

namespace pgplumb::parser {

struct KeptTree::Data {
  rapidjson::Document document;
};

KeptTree::KeptTree(const ast::View& view) : data_(std::make_unique<Data>()) {
  // The strings of a tree lie in its text's buffer, so a copy of the values would not do.
  rapidjson::StringBuffer text;
  rapidjson::Writer<rapidjson::StringBuffer> writer(text);
  static_cast<const rapidjson::Value*>(view.raw())->Accept(writer);
  data_->document.Parse(text.GetString(), text.GetSize());
}

KeptTree::~KeptTree() = default;

const void* KeptTree::root() const { return static_cast<const rapidjson::Value*>(&data_->document); }

}  // namespace pgplumb::parser
