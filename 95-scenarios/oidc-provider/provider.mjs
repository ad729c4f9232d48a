// SPDX-License-Identifier: Apache-2.0
// An OpenID provider on loopback whose accounts are whoever signs in: `provider.mjs PORT REDIRECT SECRET`.
// Prints `up PORT` when it answers. Stops with its standard input.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, redirect, secret] = process.argv.slice(2);
const server = createServer();
server.listen(Number(port), '127.0.0.1', () => {
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const provider = new Provider(issuer, {
        clients: [{ client_id: 'tollgate', client_secret: secret, redirect_uris: [redirect], response_types: ['code'] }],
        claims: { openid: ['sub'], profile: ['preferred_username'] },
        conformIdTokenClaims: false,
        pkce: { required: () => true },
        features: { devInteractions: { enabled: true } },
        findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: `subject-of-${id}`, preferred_username: id }) }),
    });
    server.on('request', provider.callback());
    console.log(`up ${server.address().port}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
