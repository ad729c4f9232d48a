// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SealingKeys;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.terms.SigningKey;
import java.nio.file.Path;
import java.security.Provider;
import javax.crypto.SecretKey;

/// The keys of one deployment, in the folder `keys` of its data. Made at the first start; each has one purpose.
record Keys(
        SigningKey delegation,
        SigningKey token,
        SigningKey log,
        SecretKey cursor,
        SecretKey session,
        SecretKey console,
        SecretKey handles,
        SecretKey heard,
        SecretKey prints,
        SecretKey proofs) {
    static Keys in(Path data) {
        Path folder = data.resolve("keys");
        Provider provider = CryptoProviders.best();
        SigningKeys signing = new SigningKeys(folder, provider);
        SealingKeys sealing = new SealingKeys(folder);
        return new Keys(
                signing.openOrCreate(SigningKeys.Purpose.DELEGATION),
                signing.openOrCreate(SigningKeys.Purpose.TOKEN),
                signing.openOrCreate(SigningKeys.Purpose.LOG),
                sealing.openOrCreate("cursor"),
                sealing.openOrCreate("session"),
                sealing.openOrCreate("console"),
                sealing.openOrCreate("handles"),
                sealing.openOrCreate("heard"),
                sealing.openOrCreate("prints"),
                sealing.openOrCreate("proofs"));
    }

    @Override
    public String toString() {
        return "Keys[***]";
    }
}
