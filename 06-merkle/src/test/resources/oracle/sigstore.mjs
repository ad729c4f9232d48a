// SPDX-License-Identifier: Apache-2.0
// Checks a proof with sigstore's own verifier: `node sigstore.mjs MODULES ENTRY PROOF KEY-PEM`. Prints OK or FAIL.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { createPublicKey } from 'node:crypto';

const [, , modules, entryFile, proofFile, keyFile] = process.argv;
const require = createRequire(modules + '/');
const base = modules + '/node_modules/@sigstore/verify/dist/tlog/';
const { verifyCheckpoint } = require(base + 'checkpoint.js');
const { verifyMerkleInclusion } = require(base + 'merkle.js');

const file = readFileSync(proofFile, 'utf8');
const split = file.indexOf('\n\n');
const lines = file.slice(0, split).split('\n');
const envelope = file.slice(split + 2);
const key = createPublicKey(readFileSync(keyFile));
const hint = Buffer.from(envelope.split('\n\n— ')[1].split(' ')[1], 'base64').subarray(0, 4);
const size = envelope.split('\n')[1];
const root = Buffer.from(envelope.split('\n')[2], 'base64');
const entry = {
  canonicalizedBody: readFileSync(entryFile),
  integratedTime: '0',
  logId: { keyId: hint },
  inclusionProof: {
    logIndex: lines[1].slice('index '.length),
    treeSize: size,
    rootHash: root,
    hashes: lines.slice(2).map((line) => Buffer.from(line, 'base64')),
    checkpoint: { envelope },
  },
};
const origin = envelope.split('\n')[0];
const log = { logID: hint, baseURL: 'https://' + origin, publicKey: key, validFor: { start: new Date(0), end: new Date(8640000000000000) } };
try {
  const checkpoint = verifyCheckpoint(entry, [log]);
  verifyMerkleInclusion(entry, checkpoint);
  console.log('OK ' + size);
} catch (error) {
  console.log('FAIL ' + error.message);
  process.exit(1);
}
