using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Args and results between the user's types and raw JSON, by the user's options or source-generated context.</summary>
public sealed class PayloadCodec
{
    private readonly JsonSerializerOptions options;

    /// <summary>Options without a type info resolver get the one that looks into types at run time, where the application has it.</summary>
    public PayloadCodec(JsonSerializerOptions options)
    {
        this.options = options;
        if (options.TypeInfoResolver is null && JsonSerializer.IsReflectionEnabledByDefault)
            LookIntoTypes(options);
    }

    /// <summary>Writes a value; <see cref="AcommError.Unserializable"/> if its serializer cannot. Raw JSON is written as it is.</summary>
    public Either<AcommError, RawJson> Write<T>(T value)
    {
        if (value is RawJson raw)
            return raw;
        try
        {
            return RawJson.Parse(JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>()));
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or InvalidOperationException or ArgumentException)
        {
            return new AcommError.Unserializable(typeof(T).Name, e.Message);
        }
    }

    /// <summary>What keeps a type from being read and written at all: <see cref="AcommError.Unserializable"/>, mostly since it is not in a source-generated context.</summary>
    public Option<AcommError> Check<T>()
    {
        try
        {
            if (typeof(T) != typeof(RawJson))
                TypeInfo<T>();
            return Option<AcommError>.None;
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            return new AcommError.Unserializable(typeof(T).Name, e.Message);
        }
    }

    /// <summary>Reads a value, or says at which JSON path the JSON does not fit. Raw JSON is given as it is;
    /// a null fits no type but <see cref="RawJson"/> and <see cref="JsonElement"/>.</summary>
    public Either<(string Path, string Reason), T> Read<T>(RawJson json)
    {
        if (typeof(T).IsAssignableFrom(typeof(RawJson)))
            return (T)(object)json;
        try
        {
            return JsonSerializer.Deserialize(json.Utf8.Span, TypeInfo<T>()) is { } value
                ? value
                : ("$", "is null");
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or InvalidOperationException or ArgumentException)
        {
            return e is JsonException mismatch
                ? (mismatch.Path ?? "$", $"does not fit {typeof(T).Name}{Missing(mismatch)}")
                : ("$", $"{typeof(T).Name} cannot be read from JSON by this node");
        }
    }

    // Which members are missing is said in words only.
    private static string Missing(JsonException mismatch)
    {
        const string Before = "missing required properties including: ";
        return mismatch.Message.IndexOf(Before, StringComparison.Ordinal) is >= 0 and var at
            ? $", it lacks {mismatch.Message[(at + Before.Length)..].TrimEnd('.')}"
            : "";
    }

    /// <summary>A reply with its result read; <see cref="AcommError.ResultMismatch"/> if it does not fit.</summary>
    internal Either<AcommError, Reply<T>> ReadReply<T>(TaskName task, RequestId id, RawJson result, Option<RemoteStream> stream)
    {
        var read = Read<T>(result);
        if (read.IsRight)
            return new Reply<T>(id, (T)read, stream);
        var (path, reason) = ((string Path, string Reason))read;
        return new AcommError.ResultMismatch(task, id, path, reason);
    }

    private const string OnlyWhereAllowed = "Called only where the application has reflection of the serializer on, which trimming and ahead-of-time compilation turn off.";

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = OnlyWhereAllowed)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = OnlyWhereAllowed)]
    private static void LookIntoTypes(JsonSerializerOptions options) => options.MakeReadOnly(populateMissingResolver: true);

    private JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
