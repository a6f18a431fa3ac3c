// A real OpenID provider that others wrote (npm: oidc-provider), so that our log-in is tested against somebody who
// never read our code. Started by crates/partners/tests/peers with one argument, the clients as JSON; prints one line
// with its issuer; ends when its standard input does. Its people are made up. Never shipped.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const { clients } = JSON.parse(process.argv[2]);

const people = {
  inger: { 'dk.cpr': '7205500004', 'mitid.date_of_birth': '1950-05-12', given_name: 'Inger Marie', family_name: 'Holm' },
  nobody: { given_name: 'No', family_name: 'Number' },
};

const key = (type, options) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }),
  kid: randomUUID(),
  use: 'sig',
});

const configuration = {
  clients,
  jwks: { keys: [key('rsa', { modulusLength: 2048 }), key('ec', { namedCurve: 'P-256' })] },
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'] },
  claims: { person: ['dk.cpr', 'mitid.date_of_birth', 'given_name', 'family_name'] },
  cookies: { keys: [randomUUID()] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  // Everybody agrees to everything: consent is not what we test.
  async loadExistingGrant(ctx) {
    const { client, session, params, provider } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope(params.scope);
    await grant.save();
    return grant;
  },
};

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  const others = provider.callback();

  // The log-in page: the hint says who it is, at once. "cancel" presses cancel.
  const interaction = async (request, response) => {
    const { params } = await provider.interactionDetails(request, response);
    const accountId = params.login_hint ?? 'inger';
    const result = accountId === 'cancel' ? { error: 'access_denied' } : { login: { accountId } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };

  server.on('request', (request, response) => {
    if (!request.url.startsWith('/interaction/')) return others(request, response);
    return interaction(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  console.log(JSON.stringify({ issuer }));
});

process.stdin.resume().on('end', () => process.exit(0));
