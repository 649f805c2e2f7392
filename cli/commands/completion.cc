// pgplumb completion: a script that teaches a shell the commands and their options, made from the commands themselves.
#include <fmt/format.h>

#include "cli/command.h"

namespace pgplumb::cli {

void add_completion(CLI::App& app, Outcome& outcome);

namespace {

std::vector<std::string> words_of(const CLI::App& command) {
  std::vector<std::string> words;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; })) words.push_back(sub->get_name());
  return words;
}

std::string bash_script(const CLI::App& app) {
  std::string cases;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    cases += fmt::format("    {}) words='{}' ;;\n", command->get_name(), fmt::join(words_of(*command), " "));
  return fmt::format(
      "_pgplumb() {{\n  local words\n  case \"${{COMP_WORDS[1]}}\" in\n{}    *) words='{}' ;;\n  esac\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"${{COMP_WORDS[COMP_CWORD]}}\"))\n"
      "  [ ${{#COMPREPLY[@]}} -gt 0 ] || COMPREPLY=($(compgen -f -- \"${{COMP_WORDS[COMP_CWORD]}}\"))\n}}\n",
      cases, fmt::join(words_of(app), " "));
}

std::string fish_script(const CLI::App& app) {
  std::string out;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    out += fmt::format("complete -c pgplumb -n __fish_use_subcommand -a {}\n", command->get_name());
    for (const CLI::Option* option : command->get_options())
      for (const std::string& name : option->get_lnames())
        out += fmt::format("complete -c pgplumb -n '__fish_seen_subcommand_from {}' -l {}\n", command->get_name(), name);
  }
  return out;
}

std::string script(const CLI::App& app, const std::string& shell) {
  if (shell == "fish") return fish_script(app);
  const std::string registration = "complete -o filenames -F _pgplumb pgplumb\n";
  if (shell == "zsh") return "autoload -U +X bashcompinit && bashcompinit\n" + bash_script(app) + registration;
  return bash_script(app) + registration;
}

}  // namespace

void add_completion(CLI::App& app, Outcome&) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completion", "print a completion script for a shell");
  command->footer("Example:\n  pgplumb completion bash > /etc/bash_completion.d/pgplumb");
  command->add_option("SHELL", *shell, "bash, zsh or fish")->check(CLI::IsMember({"bash", "zsh", "fish"}))->required();
  command->callback([&app, shell] { write_output("", script(app, *shell)); });
}

}  // namespace pgplumb::cli
