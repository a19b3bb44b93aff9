// The oracle for tokens: reads {"openid": url, "appId": id, "cases": [{name,
// header, serviceUrl, channelId}]} and prints, for each, whether Microsoft's
// own connector takes it, as JSON.
const { JwtTokenValidation, SimpleCredentialProvider, ChannelValidation } = require('botframework-connector');
const fs = require('fs');

const input = JSON.parse(fs.readFileSync(0, 'utf8'));
ChannelValidation.OpenIdMetadataEndpoint = input.openid;

(async () => {
  const out = {};
  for (const c of input.cases) {
    try {
      const credentials = new SimpleCredentialProvider(input.appId, 'secret');
      const identity = await JwtTokenValidation.authenticateRequest(
        { type: 'message', serviceUrl: c.serviceUrl, channelId: c.channelId }, c.header, credentials, '');
      out[c.name] = identity.isAuthenticated;
    } catch (e) {
      out[c.name] = false;
    }
  }
  process.stdout.write(JSON.stringify(out) + '\n', () => process.exit(0));
})();
