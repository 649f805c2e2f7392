#pragma once
// A source that is being loaded while its other side asks for what it needs: each question waits until it can be answered.
#include <future>

#include "cli/source.h"

namespace pgplumb::cli {

class Loading {
 public:
  struct Version {
    int major = 0;  // 0: the source has none of its own
    int server_version_num = 0;
  };

  /// A live database or a snapshot is read in a thread of its own, which the destructor waits for; what is simulated, when
  /// somebody asks for it.
  Loading(const SourceSpec& spec, const LoadOptions& options);

  Loading(const Loading&) = delete;
  Loading& operator=(const Loading&) = delete;

  bool is_live() const { return spec_.kind == SourceKind::live; }
  /// Known as soon as a live database's server has answered. Throws what loading threw, as the others do.
  Version version() const;
  const LoadedSource& loaded() const { return *loaded_.get(); }
  LoadedSource take() { return std::move(*loaded_.get()); }

 private:
  std::shared_ptr<LoadedSource> run(const LoadOptions& options);
  bool is_version_known() const;

  SourceSpec spec_;
  std::promise<Version> connected_;
  std::shared_future<Version> version_;
  std::shared_future<std::shared_ptr<LoadedSource>> loaded_;  // last: its thread uses what is above
};

}  // namespace pgplumb::cli
