// Geometric values: utils/adt/geo_ops.c.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

struct Point {
  double x = 0, y = 0;
};

constexpr double epsilon = 1e-6;
bool nearly(double a, double b) { return a == b || std::fabs(a - b) <= epsilon; }

class GeometryReader {
 public:
  GeometryReader(std::string_view text, const char* type_name) : whole_(text), text_(text), type_name_(type_name) {}

  [[noreturn]] void bad() const { invalid_syntax(type_name_, whole_); }

  char peek() const { return text_.empty() ? '\0' : text_.front(); }
  bool take(char c) {
    if (peek() != c || text_.empty()) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!take(c)) bad();
  }
  void skip_space() {
    while (is_space(peek())) text_.remove_prefix(1);
  }
  void end() const {
    if (!text_.empty()) bad();
  }
  double number() { return take_float(text_, true, type_name_, whole_); }
  /// One parenthesis without another in the rest.
  bool is_only_parenthesis() const { return peek() == '(' && text_.rfind('(') == 0; }
  /// Enters "((" by one parenthesis.
  bool enter_doubled() {
    if (peek() != '(') return false;
    std::string_view inner = text_.substr(1);
    while (!inner.empty() && is_space(inner.front())) inner.remove_prefix(1);
    if (inner.empty() || inner.front() != '(') return false;
    text_ = inner;
    return true;
  }

  Point pair() {
    skip_space();
    bool delimited = take('(');
    Point point;
    point.x = number();
    expect(',');
    point.y = number();
    if (delimited) {
      expect(')');
      skip_space();
    }
    return point;
  }

  std::vector<Point> points(std::size_t count, bool may_be_open, bool& is_open) {
    skip_space();
    is_open = peek() == '[';
    bool entered = is_open;
    if (is_open) {
      if (!may_be_open) bad();
      take('[');
    } else if (peek() == '(') {
      entered = enter_doubled() || (is_only_parenthesis() && take('('));
    }
    std::vector<Point> found;
    for (std::size_t i = 0; i < count; ++i) {
      found.push_back(pair());
      take(',');
    }
    if (entered && !take(')') && !(is_open && take(']'))) bad();
    if (entered) skip_space();
    return found;
  }

 private:
  std::string_view whole_, text_;
  const char* type_name_;
};

std::string number_text(double value) { return float_out(value, true); }
std::string point_text(const Point& point) {
  return fmt::format("({},{})", number_text(point.x), number_text(point.y));
}

std::string points_text(const std::vector<Point>& points) {
  std::string text;
  for (const Point& point : points) text += (text.empty() ? "" : ",") + point_text(point);
  return text;
}

/// Coordinates come in pairs: as many points as half the numbers, or none that fit.
std::size_t count_points(std::string_view text, const char* type_name) {
  auto commas = static_cast<std::size_t>(std::count(text.begin(), text.end(), ','));
  if (commas % 2 == 0) invalid_syntax(type_name, text);
  return (commas + 1) / 2;
}

std::string point_in(std::string_view text) {
  GeometryReader reader(text, "point");
  Point point = reader.pair();
  reader.end();
  return point_text(point);
}

std::string lseg_in(std::string_view text) {
  GeometryReader reader(text, "lseg");
  bool is_open = false;
  std::vector<Point> points = reader.points(2, true, is_open);
  reader.end();
  return "[" + points_text(points) + "]";
}

// NaN is the greatest number.
bool less(double a, double b) { return std::isnan(b) ? !std::isnan(a) : a < b; }

std::string box_in(std::string_view text) {
  GeometryReader reader(text, "box");
  bool is_open = false;
  std::vector<Point> points = reader.points(2, false, is_open);
  reader.end();
  if (less(points[0].x, points[1].x)) std::swap(points[0].x, points[1].x);
  if (less(points[0].y, points[1].y)) std::swap(points[0].y, points[1].y);
  return points_text(points);
}

std::string polygon_in(std::string_view text) {
  GeometryReader reader(text, "polygon");
  bool is_open = false;
  std::vector<Point> points = reader.points(count_points(text, "polygon"), false, is_open);
  reader.end();
  return "(" + points_text(points) + ")";
}

std::string path_in(std::string_view text) {
  std::size_t count = count_points(text, "path");
  GeometryReader reader(text, "path");
  reader.skip_space();
  bool entered = reader.is_only_parenthesis() && reader.take('(');
  bool is_open = false;
  std::vector<Point> points = reader.points(count, true, is_open);
  if (entered) {
    reader.expect(')');
    reader.skip_space();
  }
  reader.end();
  return (is_open ? "[" : "(") + points_text(points) + (is_open ? "]" : ")");
}

std::string line_text(double a, double b, double c) {
  return fmt::format("{{{},{},{}}}", number_text(a), number_text(b), number_text(c));
}

std::string line_through(const Point& p, const Point& q) {
  if (nearly(p.x, q.x)) return line_text(-1, 0, p.x);
  if (nearly(p.y, q.y)) return line_text(0, -1, p.y);
  double slope = (p.y - q.y) / (p.x - q.x), c = p.y - slope * p.x;
  return line_text(slope, -1, c == 0 ? 0 : c);
}

std::string line_in(std::string_view text) {
  GeometryReader reader(text, "line");
  reader.skip_space();
  if (!reader.take('{')) {
    bool is_open = false;
    std::vector<Point> points = reader.points(2, true, is_open);
    reader.end();
    if (nearly(points[0].x, points[1].x) && nearly(points[0].y, points[1].y)) {
      fail(errcode::invalid_text_representation, "invalid line specification: must be two distinct points");
    }
    return line_through(points[0], points[1]);
  }
  double a = reader.number();
  reader.expect(',');
  double b = reader.number();
  reader.expect(',');
  double c = reader.number();
  reader.expect('}');
  reader.skip_space();
  reader.end();
  if (nearly(a, 0) && nearly(b, 0)) {
    fail(errcode::invalid_text_representation, "invalid line specification: A and B cannot both be zero");
  }
  return line_text(a, b, c);
}

std::string circle_in(std::string_view text) {
  GeometryReader reader(text, "circle");
  reader.skip_space();
  bool angle = reader.take('<');
  bool entered = angle || reader.enter_doubled();
  Point center = reader.pair();
  reader.take(',');
  double radius = reader.number();
  if (radius < 0) reader.bad();
  if (entered && !reader.take(')') && !reader.take('>')) reader.bad();
  if (entered) reader.skip_space();
  reader.end();
  return fmt::format("<{},{}>", point_text(center), number_text(radius));
}

}  // namespace

std::string geometry_in(Oid type, std::string_view text) {
  switch (type) {
    case types::point: return point_in(text);
    case types::lseg: return lseg_in(text);
    case types::box: return box_in(text);
    case types::polygon: return polygon_in(text);
    case types::path: return path_in(text);
    case types::line: return line_in(text);
    default: return circle_in(text);
  }
}

}  // namespace pgplumb::engine::analyze::literal
