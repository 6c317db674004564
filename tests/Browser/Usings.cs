global using Acomm.AdapterTests.Support;
global using Acomm.BrowserTests.Support;
global using Xunit;
