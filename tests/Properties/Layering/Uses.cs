using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Acomm.Properties.Layering;

/// <summary>
/// Everything that a compiled assembly names outside of itself, in signatures and in the bodies of its methods, as its
/// metadata lists it: assemblies, types by full name, and members as <c>Namespace.Type.Member</c>. Attributes are left
/// out: they do nothing by themselves, and the compiler adds some of its own.
/// </summary>
internal sealed record Uses(IReadOnlyList<string> Assemblies, IReadOnlyList<string> Types, IReadOnlyList<string> Members)
{
    /// <summary>Types and members together.</summary>
    public IEnumerable<string> Names => Types.Concat(Members);

    public static Uses Of(Assembly assembly)
    {
        using var file = new MemoryStream(File.ReadAllBytes(assembly.Location));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return new Uses(
            metadata.AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name)).ToList(),
            metadata.TypeReferences.Select(h => NameOf(metadata, h)).Where(IsNoMark).ToList(),
            metadata.MemberReferences.Select(metadata.GetMemberReference).SelectMany(m => NameOf(metadata, m)).Where(IsNoMark).Distinct().ToList());
    }

    private static bool IsNoMark(string name) =>
        !name.Split('.').Any(part => part.EndsWith("Attribute", StringComparison.Ordinal)) && name != typeof(DebuggerBrowsableState).FullName;

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }

    // A member of a generic type stands behind a specification, in which its type reference is the first that there is.
    private static IEnumerable<string> NameOf(MetadataReader metadata, MemberReference member)
    {
        var parent = member.Parent.Kind switch
        {
            HandleKind.TypeReference => NameOf(metadata, (TypeReferenceHandle)member.Parent),
            HandleKind.TypeSpecification => GenericType(metadata, (TypeSpecificationHandle)member.Parent),
            _ => null,
        };
        return parent is null ? [] : [$"{parent}.{metadata.GetString(member.Name)}"];
    }

    private static string? GenericType(MetadataReader metadata, TypeSpecificationHandle handle)
    {
        var signature = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return null;
        signature.ReadCompressedInteger();
        return signature.ReadTypeHandle() is { Kind: HandleKind.TypeReference } type ? NameOf(metadata, (TypeReferenceHandle)type) : null;
    }
}
