// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.secrets.KeyHome;
import dev.tollgate.secrets.SealingKeys;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.VerifyingKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/// The keys of one deployment, in the folder `keys` of its data or in a token. Made at the first start; each has one
/// purpose.
///
/// @param delegations whose signatures of bearer tokens count, by key id
/// @param tokens      whose signatures of decision tokens count, by key id
record Keys(
        SigningKey delegation,
        SigningKey identity,
        SigningKey token,
        SigningKey log,
        SecretKey cursor,
        SecretKey session,
        SecretKey console,
        SecretKey handles,
        SecretKey heard,
        SecretKey prints,
        SecretKey proofs,
        SecretKey artifacts,
        Map<String, VerifyingKey> delegations,
        Map<String, VerifyingKey> tokens,
        KeyHome home) {
    /// @param secrets where the PIN of a token is
    static Keys in(Configuration configuration, SecretStore secrets) {
        KeyHome signing = SecretRoom.keys(configuration, secrets);
        SealingKeys sealing = new SealingKeys(configuration.data().resolve("keys"));
        return new Keys(
                signing.openOrCreate(SigningKeys.Purpose.DELEGATION),
                signing.openOrCreate(SigningKeys.Purpose.IDENTITY),
                signing.openOrCreate(SigningKeys.Purpose.TOKEN),
                signing.openOrCreate(SigningKeys.Purpose.LOG),
                sealing.openOrCreate("cursor"),
                sealing.openOrCreate("session"),
                sealing.openOrCreate("console"),
                sealing.openOrCreate("handles"),
                sealing.openOrCreate("heard"),
                sealing.openOrCreate("prints"),
                sealing.openOrCreate("proofs"),
                sealing.openOrCreate("artifacts"),
                signing.byId(SigningKeys.Purpose.DELEGATION),
                signing.byId(SigningKeys.Purpose.TOKEN),
                signing);
    }

    /// What others may check signatures with.
    List<VerifyingKey> published() {
        return Stream.of(delegations, tokens)
                .flatMap(keys -> keys.values().stream())
                .sorted(Comparator.comparing(VerifyingKey::keyId))
                .toList();
    }

    @Override
    public String toString() {
        return "Keys[***]";
    }
}
