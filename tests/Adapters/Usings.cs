global using Acomm.AdapterTests.Support;
global using Xunit;
