global using Acomm.AdapterTests.Support;
global using Acomm.CliTests.Support;
global using Xunit;
