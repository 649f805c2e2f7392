// Polymorphic arguments and results: check_generic_type_consistency and enforce_generic_type_consistency of
// parse_coerce.c, as one resolution that either says no or raises the server's error.
#include <fmt/format.h>

#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"

namespace pgplumb::engine::analyze {

namespace {

/// Says no: by throwing where a call is being made, by `false` where a candidate is only tried.
class Judge {
 public:
  Judge(const Syscache& cache, bool throws, bool allow_polymorphic = false)
      : cache_(cache), throws_(throws), allow_polymorphic_(allow_polymorphic) {}
  const Syscache& cache() const { return cache_; }
  bool throws() const { return throws_; }
  /// Whether the arguments are themselves those of something polymorphic: then one of the declared type tells nothing.
  bool allows_polymorphic() const { return allow_polymorphic_; }
  bool tells_nothing(Oid declared, Oid actual) const {
    return actual == types::unknown || (allow_polymorphic_ && declared == actual);
  }

  template <class... Types>
  bool refuse(const char* message, Types... oids) const {
    if (throws_) fail(errcode::datatype_mismatch, fmt::format(fmt::runtime(message), format_type(cache_, oids)...));
    return false;
  }
  bool refuse_pair(std::string message, Oid first, Oid second) const {
    if (!throws_) return false;
    fail(errcode::datatype_mismatch, std::move(message), -1,
         fmt::format("{} versus {}", format_type(cache_, first), format_type(cache_, second)));
  }
  bool not_alike(const char* declared, Oid first, Oid second) const {
    return refuse_pair(fmt::format("arguments declared \"{}\" are not all alike", declared), first, second);
  }
  bool inconsistent(const char* one, const char* other, Oid first, Oid second) const {
    return refuse_pair(fmt::format("argument declared {} is not consistent with argument declared {}", one, other),
                       first, second);
  }
  /// Notes the type of one more argument that must be of one type with the others.
  bool unify(Oid& known, Oid actual, const char* declared) const {
    if (known != invalid_oid && known != actual) return not_alike(declared, known, actual);
    known = actual;
    return true;
  }

 private:
  const Syscache& cache_;
  bool throws_;
  bool allow_polymorphic_;
};

bool is_array_or_domain_over_array(const Syscache& cache, Oid type) {
  return base_element_type(cache, type) != invalid_oid;
}

[[noreturn]] void undetermined(const char* type) {
  fail(errcode::datatype_mismatch,
       fmt::format("could not determine polymorphic type {} because input has type unknown", type));
}

Oid array_over(const Syscache& cache, Oid element) {
  Oid array = array_type(cache, element);
  if (array != invalid_oid) return array;
  fail(errcode::undefined_object, fmt::format("could not find array type for data type {}", format_type(cache, element)));
}

/// anyelement, anyarray, anynonarray, anyenum, anyrange, anymultirange: all arguments agree exactly.
class AnyFamily {
 public:
  explicit AnyFamily(const Judge& judge) : judge_(judge) {}

  void expect_result(Oid result) {
    non_array_ = result == types::anynonarray;
    enum_ = result == types::anyenum;
    multirange_wanted_ = result == types::anymultirange;
    result_ = result;
  }
  bool used() const { return count_ > 0; }

  bool add(Oid declared, Oid actual) {
    ++count_;
    non_array_ = non_array_ || declared == types::anynonarray;
    enum_ = enum_ || declared == types::anyenum;
    multirange_wanted_ = multirange_wanted_ || declared == types::anymultirange;
    if (judge_.tells_nothing(declared, actual)) return true;
    const Syscache& cache = judge_.cache();
    if (declared == types::anyarray) return judge_.unify(array_, base_type(cache, actual), "anyarray");
    if (declared == types::anyrange) return judge_.unify(range_, base_type(cache, actual), "anyrange");
    if (declared == types::anymultirange) return judge_.unify(multirange_, base_type(cache, actual), "anymultirange");
    return judge_.unify(element_, actual, "anyelement");
  }

  bool deduce() { return element_from_array() && range_from_multirange() && element_from_range() && restrictions(); }

  /// After deduce(): nothing but unknown literals is no ground to stand on.
  void require_element() {
    if (element_ != invalid_oid) return;
    if (judge_.allows_polymorphic()) return stay_polymorphic();
    fail(errcode::datatype_mismatch, "could not determine polymorphic type because input has type unknown");
  }

  Oid resolved(Oid declared) {
    if (declared == types::anyarray) {
      if (array_ == invalid_oid) array_ = array_over(judge_.cache(), element_);
      return array_;
    }
    if (declared == types::anyrange) {
      if (range_ == invalid_oid) undetermined("anyrange");
      return range_;
    }
    if (declared == types::anymultirange) {
      if (multirange_ == invalid_oid) undetermined("anymultirange");
      return multirange_;
    }
    return element_;
  }

  /// pg_statistic's columns are of type anyarray: good for a lone anyarray argument only.
  bool accept_bare_anyarray() const { return count_ == 1 && (result_ == types::anyarray || !is_polymorphic_any(result_)); }
  void require_bare_anyarray_fits() const {
    if (array_ != types::anyarray || accept_bare_anyarray()) return;
    fail(errcode::datatype_mismatch, "cannot determine element type of \"anyarray\" argument");
  }

 private:
  void stay_polymorphic() {
    element_ = types::anyelement;
    array_ = types::anyarray;
    range_ = types::anyrange;
    multirange_ = types::anymultirange;
  }
  bool note_element(Oid element, const char* declared, Oid container) {
    if (element_ == invalid_oid) element_ = element;
    if (element_ == element) return true;
    return judge_.inconsistent(declared, "anyelement", container, element_);
  }
  bool element_from_array() {
    if (array_ == invalid_oid) return true;
    Oid element = array_ == types::anyarray ? types::anyelement : element_type(judge_.cache(), array_);
    if (element == invalid_oid) {
      return judge_.refuse("argument declared anyarray is not an array but type {}", array_);
    }
    return note_element(element, "anyarray", array_);
  }
  bool range_from_multirange() {
    if (multirange_ == invalid_oid) {
      if (multirange_wanted_ && range_ != invalid_oid) multirange_ = range_multirange(judge_.cache(), range_);
      return true;
    }
    Oid range = multirange_range(judge_.cache(), multirange_);
    if (range == invalid_oid) {
      return judge_.refuse("argument declared anymultirange is not a multirange type but type {}", multirange_);
    }
    if (range_ == invalid_oid) range_ = range;
    return range_ == range || judge_.inconsistent("anymultirange", "anyrange", multirange_, range_);
  }
  bool element_from_range() {
    if (range_ == invalid_oid) return true;
    Oid subtype = range_subtype(judge_.cache(), range_);
    if (subtype == invalid_oid) {
      return judge_.refuse("argument declared anyrange is not a range type but type {}", range_);
    }
    return note_element(subtype, "anyrange", range_);
  }
  bool restrictions() const {
    if (element_ == types::anyelement) return true;
    // A candidate with unknown literals alone is none for enumerations: what is not known is no enumeration.
    if (element_ == invalid_oid) return judge_.throws() || !enum_;
    if (non_array_ && is_array_or_domain_over_array(judge_.cache(), element_)) {
      return judge_.refuse("type matched to anynonarray is an array type: {}", element_);
    }
    if (enum_ && type_kind(judge_.cache(), element_) != 'e') {
      return judge_.refuse("type matched to anyenum is not an enum type: {}", element_);
    }
    return true;
  }

  const Judge& judge_;
  Oid element_ = invalid_oid, array_ = invalid_oid, range_ = invalid_oid, multirange_ = invalid_oid;
  Oid result_ = invalid_oid;
  bool non_array_ = false, enum_ = false, multirange_wanted_ = false;
  int count_ = 0;
};

/// anycompatible…: the arguments have a common supertype.
class CompatibleFamily {
 public:
  explicit CompatibleFamily(const Judge& judge) : judge_(judge) {}

  void expect_result(Oid result) { note_wanted(result); }
  bool used() const { return used_; }

  bool add(Oid declared, Oid actual) {
    used_ = true;
    note_wanted(declared);
    if (judge_.tells_nothing(declared, actual)) return true;
    if (declared == types::anycompatible || declared == types::anycompatiblenonarray) {
      inputs_.push_back(actual);
      return true;
    }
    actual = base_type(judge_.cache(), actual);
    if (declared == types::anycompatiblearray) return add_array(actual);
    return declared == types::anycompatiblerange ? add_range(actual) : add_multirange(actual);
  }

  bool deduce() {
    if (!range_from_multirange()) return false;
    if (inputs_.empty()) return true;
    common_ = select_common_type_from_oids(judge_.cache(), inputs_, true);
    if (common_ == invalid_oid) return no_common_type();
    for (Oid input : inputs_) {
      if (!can_coerce_type(judge_.cache(), input, common_, CoercionContext::implicit)) return no_common_type_works();
    }
    return restrictions();
  }

  void require_ranges() const {
    if (stays_polymorphic()) return;
    if (range_wanted_ && range_ == invalid_oid) undetermined("anycompatiblerange");
    if (multirange_wanted_ && multirange_ == invalid_oid) undetermined("anycompatiblemultirange");
  }

  Oid resolved(Oid declared) const {
    if (stays_polymorphic()) return declared == types::anycompatiblenonarray ? types::anycompatible : declared;
    Oid common = common_ == invalid_oid ? types::text : common_;
    if (declared == types::anycompatiblearray) return array_over(judge_.cache(), common);
    if (declared == types::anycompatiblerange) return range_;
    if (declared == types::anycompatiblemultirange) return multirange_;
    return common;
  }

 private:
  bool stays_polymorphic() const { return judge_.allows_polymorphic() && inputs_.empty() && range_ == invalid_oid; }
  void note_wanted(Oid declared) {
    non_array_ = non_array_ || declared == types::anycompatiblenonarray;
    range_wanted_ = range_wanted_ || declared == types::anycompatiblerange;
    multirange_wanted_ = multirange_wanted_ || declared == types::anycompatiblemultirange;
  }
  bool add_array(Oid actual) {
    Oid element = element_type(judge_.cache(), actual);
    if (element == invalid_oid) {
      return judge_.refuse("argument declared anycompatiblearray is not an array but type {}", actual);
    }
    inputs_.push_back(element);
    return true;
  }
  bool add_range(Oid actual) {
    if (range_ != invalid_oid) return judge_.unify(range_, actual, "anycompatiblerange");
    range_ = actual;
    return note_subtype("argument declared anycompatiblerange is not a range type but type {}", actual);
  }
  bool note_subtype(const char* complaint, Oid culprit) {
    subtype_ = range_subtype(judge_.cache(), range_);
    if (subtype_ == invalid_oid) return judge_.refuse(complaint, culprit);
    inputs_.push_back(subtype_);
    return true;
  }
  bool add_multirange(Oid actual) {
    if (multirange_ != invalid_oid) return judge_.unify(multirange_, actual, "anycompatiblemultirange");
    multirange_ = actual;
    if (multirange_range(judge_.cache(), actual) != invalid_oid) return true;
    return judge_.refuse("argument declared anycompatiblemultirange is not a multirange type but type {}", actual);
  }
  bool range_from_multirange() {
    if (multirange_ == invalid_oid) {
      if (multirange_wanted_ && range_ != invalid_oid) multirange_ = range_multirange(judge_.cache(), range_);
      return true;
    }
    Oid range = multirange_range(judge_.cache(), multirange_);
    if (range_ != invalid_oid) {
      return range_ == range ||
             judge_.inconsistent("anycompatiblemultirange", "anycompatiblerange", multirange_, range_);
    }
    range_ = range;
    return note_subtype("argument declared anycompatiblemultirange is not a multirange type but type {}", multirange_);
  }
  bool no_common_type() const {
    if (judge_.throws()) select_common_type_from_oids(judge_.cache(), inputs_, false);
    return false;
  }
  bool no_common_type_works() const {
    return judge_.refuse("arguments of anycompatible family cannot be cast to a common type");
  }
  bool restrictions() const {
    if (subtype_ != invalid_oid && subtype_ != common_) {
      return judge_.refuse("anycompatiblerange type {} does not match anycompatible type {}", range_, common_);
    }
    if (non_array_ && is_array_or_domain_over_array(judge_.cache(), common_)) {
      return judge_.refuse("type matched to anycompatiblenonarray is an array type: {}", common_);
    }
    return true;
  }

  const Judge& judge_;
  std::vector<Oid> inputs_;
  Oid common_ = invalid_oid, range_ = invalid_oid, multirange_ = invalid_oid, subtype_ = invalid_oid;
  bool used_ = false, non_array_ = false, range_wanted_ = false, multirange_wanted_ = false;
};

bool add_arguments(AnyFamily& any, CompatibleFamily& compatible, std::span<const Oid> actual,
                   std::span<const Oid> declared) {
  for (std::size_t i = 0; i < declared.size(); ++i) {
    if (is_polymorphic_any(declared[i]) && !any.add(declared[i], actual[i])) return false;
    if (is_polymorphic_compatible(declared[i]) && !compatible.add(declared[i], actual[i])) return false;
  }
  return true;
}

}  // namespace

bool check_generic_type_consistency(const Syscache& cache, std::span<const Oid> actual, std::span<const Oid> declared) {
  Judge judge(cache, false);
  AnyFamily any(judge);
  CompatibleFamily compatible(judge);
  return add_arguments(any, compatible, actual, declared) && any.deduce() && compatible.deduce();
}

Oid enforce_generic_type_consistency(const Syscache& cache, std::span<const Oid> actual, std::span<Oid> declared,
                                     Oid result, bool allow_polymorphic) {
  Judge judge(cache, true, allow_polymorphic);
  AnyFamily any(judge);
  CompatibleFamily compatible(judge);
  any.expect_result(result);
  compatible.expect_result(result);
  add_arguments(any, compatible, actual, declared);
  if (any.used()) {
    any.require_bare_anyarray_fits();
    any.deduce();
    any.require_element();
  }
  if (compatible.used()) {
    compatible.deduce();
    compatible.require_ranges();
  }
  for (std::size_t i = 0; i < declared.size(); ++i) {
    if (is_polymorphic_compatible(declared[i])) declared[i] = compatible.resolved(declared[i]);
    if (is_polymorphic_any(declared[i]) && actual[i] == types::unknown) declared[i] = any.resolved(declared[i]);
  }
  if (is_polymorphic_any(result) && any.used()) return any.resolved(result);
  return is_polymorphic_compatible(result) && compatible.used() ? compatible.resolved(result) : result;
}

}  // namespace pgplumb::engine::analyze
