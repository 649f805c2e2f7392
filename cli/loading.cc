#include "cli/loading.h"

#include <chrono>

namespace pgplumb::cli {

Loading::Loading(const SourceSpec& spec, const LoadOptions& options)
    : spec_(spec), version_(connected_.get_future().share()) {
  const bool is_read = spec.kind == SourceKind::live || spec.kind == SourceKind::snapshot;
  loaded_ = std::async(is_read ? std::launch::async : std::launch::deferred, [this, options] { return run(options); }).share();
}

std::shared_ptr<LoadedSource> Loading::run(const LoadOptions& options) {
  try {
    return std::make_shared<LoadedSource>(load(spec_, options, nullptr, [this](int version_num) {
      if (!is_version_known()) connected_.set_value({version_num / 10000, version_num});
    }));
  } catch (...) {
    if (!is_version_known()) connected_.set_exception(std::current_exception());
    throw;
  }
}

bool Loading::is_version_known() const {
  return version_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

Loading::Version Loading::version() const {
  if (is_live()) return version_.get();
  return {loaded().major, loaded().server_version_num};
}

}  // namespace pgplumb::cli
