using System.Security.Cryptography;
using System.Text;

namespace Acomm.Adapters;

/// <summary>How the page looks, by day and by night, on a desk and on a phone.</summary>
internal static class StatusStyle
{
    /// <summary>The one style sheet, which stands in the page.</summary>
    public static readonly string Sheet = """
        :root { color-scheme: light dark; --line: #d0d7de; --quiet: #57606a; --card: #f6f8fa; --text: #1f2328; --ground: #ffffff; --good: #1a7f37; --warn: #9a6700; --bad: #cf222e; --link: #0969da; }
        @media (prefers-color-scheme: dark) { :root { --line: #30363d; --quiet: #9da7b3; --card: #161b22; --text: #e6edf3; --ground: #0d1117; --good: #56d364; --warn: #e3b341; --bad: #ff7b72; --link: #6cb6ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 72rem; padding: 1rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
        header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; }
        h1 { font-size: 1.375rem; margin: 0; }
        a { color: var(--link); }
        p { margin: .25rem 0; color: var(--quiet); }
        .phase { font-weight: 600; }
        .running { color: var(--good); } .draining, .created { color: var(--warn); } .stopped { color: var(--bad); }
        dl { display: grid; grid-template-columns: repeat(4, 1fr); gap: .5rem; margin: 1rem 0 0; }
        dl div { display: flex; flex-direction: column-reverse; justify-content: flex-end; background: var(--card); border: 1px solid var(--line); border-radius: .375rem; padding: .5rem .75rem; }
        dt { color: var(--quiet); font-size: .875rem; } dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .side { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0 1.5rem; align-items: start; }
        table { width: 100%; border-collapse: collapse; margin-top: 1.5rem; font-size: .9375rem; }
        caption { text-align: left; font-size: 1.0625rem; font-weight: 600; padding-bottom: .25rem; }
        th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
        thead th { color: var(--quiet); font-size: .875rem; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
        .name { font-family: ui-monospace, monospace; font-size: .875rem; overflow-wrap: anywhere; }
        @media (max-width: 40rem) {
          dl { grid-template-columns: 1fr 1fr; }
          .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .wide, .wide caption, .wide tbody, .wide tr, .wide th, .wide td { display: block; }
          .wide tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
          .wide th, .wide td { border: 0; padding: .1rem 0; text-align: left; white-space: normal; display: grid; grid-template-columns: 6rem 1fr; gap: .5rem; }
          .wide [data-label]::before { content: attr(data-label); color: var(--quiet); font: .875rem/1.5 system-ui, sans-serif; }
        }
        """.ReplaceLineEndings("\n");

    /// <summary>Nothing may be run, fetched, framed or sent, and no other style sheet counts.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet)))}'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
