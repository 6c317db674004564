using System.CommandLine;

namespace Acomm.Cli.Commands;

/// <summary><c>acomm completion</c>: a script for the shell that asks this program what can come next.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _acomm() {
            local line=${COMP_LINE:0:COMP_POINT} prefix= word
            local cur=${line##* }
            # The shell takes what stands before a colon for a word of its own.
            if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then
                prefix=${cur%"${cur##*:}"}
            fi
            COMPREPLY=()
            # Not with compgen -W, which would run what stands in a word.
            while IFS= read -r word; do
                if [[ $word == "$cur"* ]]; then
                    COMPREPLY+=( "${word#"$prefix"}" )
                fi
            done < <(acomm "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
        }
        complete -o default -F _acomm acomm
        """;

    private const string Zsh = """
        #compdef acomm
        _acomm() {
            local -a found
            found=( "${(@f)$(acomm "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}" )
            compadd -- "${(@)found:#}" || _files
        }
        compdef _acomm acomm
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { HelpName = "SHELL", Description = "bash or zsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new ToolCommand(
            "completion",
            "Prints a script that completes commands, options and addresses.",
            ("eval \"$(acomm completion bash)\"", "in ~/.bashrc"),
            ("eval \"$(acomm completion zsh)\"", "in ~/.zshrc, behind compinit"))
        {
            shell,
        };
        command.SetAction(parsed => Console.Out.WriteLine(parsed.GetValue(shell) == "bash" ? Bash : Zsh));
        return command;
    }
}
