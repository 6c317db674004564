using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using static LanguageExt.Prelude;

namespace Acomm.Adapters;

/// <summary>The configured address, or the first one that the server listens on.</summary>
internal sealed class ServerPublicUrl(AcommOptions options, IServiceProvider services) : IPublicUrl
{
    /// <summary>The path that the endpoints are mapped to; none until they are.</summary>
    public Option<string> MappedPath { get; set; }

    public Option<Address> Current => options.PublicUrl is { } configured
        ? Address.Parse(configured).ToOption()
        : from path in MappedPath
          from first in Optional(services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault())
          from address in Address.Parse(first.Replace("//+", "//[::]", StringComparison.Ordinal).Replace("//*", "//[::]", StringComparison.Ordinal)).ToOption()
          select HostName.ReplaceUnspecified(address, Environment.MachineName).Append(path.Trim('/'));
}
