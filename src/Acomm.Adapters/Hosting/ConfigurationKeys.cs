using System.Globalization;
using System.Numerics;
using Acomm.Domain;
using LanguageExt;
using Microsoft.Extensions.Configuration;

namespace Acomm.Adapters;

/// <summary>The keys of one section, read one by one; what is wrong with them goes to a list.</summary>
/// <param name="section">The section.</param>
/// <param name="path">What stands before a key in what is told; it ends in a colon, or is empty.</param>
/// <param name="problems">The list.</param>
internal sealed class ConfigurationKeys(IConfiguration section, string path, List<string> problems)
{
    private readonly System.Collections.Generic.HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The section under a key.</summary>
    public ConfigurationKeys Within(string key)
    {
        known.Add(key);
        return new ConfigurationKeys(section.GetSection(key), $"{path}{key}:", problems);
    }

    public string? Text(string key)
    {
        known.Add(key);
        return section[key];
    }

    public T Whole<T>(string key, T otherwise)
        where T : struct, IBinaryInteger<T> => One<T>(key, "no whole number, or one that is too large").IfNone(otherwise);

    /// <summary>A number alone would be days to the framework, which nobody means.</summary>
    public TimeSpan Time(string key, TimeSpan otherwise) => Read(
        Text(key), otherwise, key, "no time as 00:00:30", static (string text, out TimeSpan time) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time) && text.Contains(':', StringComparison.Ordinal));

    public bool Flag(string key, bool otherwise) => Read(Text(key), otherwise, key, "neither true nor false", bool.TryParse);

    /// <summary>A number, if there is one.</summary>
    public Option<T> One<T>(string key, string wrong)
        where T : struct, IBinaryInteger<T> =>
        Text(key) is { } text ? Read(text, default(T), key, wrong, TryNumber) : Option<T>.None;

    /// <summary>Numbers under a key, if it is there.</summary>
    public Option<Seq<T>> Many<T>(string key, string wrong)
        where T : struct, IBinaryInteger<T> =>
        Children(key).Map(all => all.Map(child => Read(child.Value ?? "", default(T), $"{key}:{child.Key}", wrong, TryNumber)).Strict());

    /// <summary>What is read of the texts under a key, if it is there.</summary>
    public Option<Seq<T>> Many<T>(string key, Func<string, Either<AcommError, T>> read) =>
        Children(key).Map(all => all.Bind(child => read(child.Value ?? "").Match(
            Right: value => Prelude.Seq1(value),
            Left: error => Wrong(Seq<T>.Empty, $"{key}:{child.Key}: {error.Message}"))).Strict());

    /// <summary>When all keys were read: those that are left are known to nobody.</summary>
    public void End() => problems.AddRange(section.GetChildren().Where(child => !known.Contains(child.Key)).Select(child => $"{path}{child.Key}: there is no such key"));

    private delegate bool TryRead<T>(string text, out T value);

    private static bool TryNumber<T>(string text, out T value)
        where T : struct, IBinaryInteger<T> => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private Option<Seq<IConfigurationSection>> Children(string key)
    {
        known.Add(key);
        var under = section.GetSection(key);
        return under.Exists() ? under.GetChildren().ToSeq() : Option<Seq<IConfigurationSection>>.None;
    }

    private T Read<T>(string? text, T otherwise, string key, string wrong, TryRead<T> read) =>
        text is null ? otherwise
        : read(text, out var value) ? value
        : Wrong(otherwise, $"{key}: '{Shown.Text(text)}' is {wrong}");

    private T Wrong<T>(T otherwise, string problem)
    {
        problems.Add(path + problem);
        return otherwise;
    }
}
