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

    /// <summary>The keys of a configuration, named as they stand in it.</summary>
    public static ConfigurationKeys Of(IConfiguration configuration, List<string> problems)
    {
        var keys = new ConfigurationKeys(configuration, "", problems);
        if (configuration is IConfigurationSection section)
            keys.RefuseValue(section, section.Path, "a section is needed");
        return keys;
    }

    /// <summary>The section under a key.</summary>
    public ConfigurationKeys Within(string key) =>
        new(RefuseValue(At(key), key, "a section is needed"), $"{path}{key}:", problems);

    public string? Text(string key) => ValueOf(At(key), key);

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
        Items(key).Map(all => all.Map(item => Read(item.Text, default(T), item.Key, wrong, TryNumber)).Strict());

    /// <summary>What is read of the texts under a key, if it is there.</summary>
    public Option<Seq<T>> Many<T>(string key, Func<string, Either<AcommError, T>> read) =>
        Items(key).Map(all => all.Bind(item => read(item.Text).Match(
            Right: value => Prelude.Seq1(value),
            Left: error => Wrong(Seq<T>.Empty, $"{item.Key}: {error.Message}"))).Strict());

    /// <summary>When all keys were read: those that are left are known to nobody.</summary>
    public void End() => problems.AddRange(section.GetChildren().Where(child => !known.Contains(child.Key)).Select(child => $"{path}{child.Key}: there is no such key"));

    private delegate bool TryRead<T>(string text, out T value);

    private static bool TryNumber<T>(string text, out T value)
        where T : struct, IBinaryInteger<T> => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private IConfigurationSection At(string key)
    {
        known.Add(key);
        return section.GetSection(key);
    }

    // The texts of a list that is there, with their keys.
    private Option<Seq<(string Key, string Text)>> Items(string key)
    {
        var list = RefuseValue(At(key), key, $"a list is needed: {path}{key}:0 and so on");
        return list.Exists()
            ? list.GetChildren().Select(item => $"{key}:{item.Key}").Select(name => (name, ValueOf(section.GetSection(name), name) ?? "")).ToSeq().Strict()
            : Option<Seq<(string Key, string Text)>>.None;
    }

    private string? ValueOf(IConfigurationSection at, string key) =>
        at.GetChildren().Any() ? Wrong(at.Value, $"{key}: is a section or a list, a single value is needed") : at.Value;

    // A list without anything in it is configured as an empty value.
    private IConfigurationSection RefuseValue(IConfigurationSection at, string key, string needed) =>
        at.Value is { Length: > 0 } value ? Wrong(at, $"{key}: '{Shown.Text(value)}' is a single value, {needed}") : at;

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
