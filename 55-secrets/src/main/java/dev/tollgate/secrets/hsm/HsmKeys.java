// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.hsm;

import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.KeyHome;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.secrets.SigningKeys.Purpose;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Signing keys in a PKCS#11 token: `tollgate-token` signs, `tollgate-token-next` will, `tollgate-token-old` did. A
/// key that was retired stays in the token under its id, for an operator to delete with the token's own tools.
public final class HsmKeys implements KeyHome {
    private static final String PREFIX = "tollgate-";
    private static final byte[] PROBE = "tollgate key probe".getBytes(StandardCharsets.US_ASCII);

    private final HsmToken token;
    private final Provider verifying;
    private final HsmProvider signing;

    /// @param verifying computes verifications; see `CryptoProviders.best`
    public HsmKeys(HsmToken token, Provider verifying) {
        this.token = token;
        this.verifying = verifying;
        this.signing = new HsmProvider(verifying);
    }

    @Override
    public synchronized SigningKey openOrCreate(Purpose purpose) {
        String label = label(purpose, Slot.CURRENT);
        Optional<HsmToken.Pair> pair = token.find(label);
        if (pair.isEmpty() && token.find(label(purpose, Slot.NEXT)).isPresent()) {
            // A promotion that was cut between its two names.
            token.rename(label(purpose, Slot.NEXT), label);
            pair = token.find(label);
        }
        return key(purpose, pair.orElseGet(() -> token.make(label)));
    }

    private SigningKey key(Purpose purpose, HsmToken.Pair pair) {
        PublicKey shown = shown(pair.raw());
        KeyPair keys = new KeyPair(shown, new HsmProvider.Key(token, pair.handle()));
        SigningKey key = new SigningKey(SigningKeys.id(purpose, shown), keys, signing);
        if (!key.verifyingKey().verify(PROBE, key.sign(PROBE))) {
            throw new IllegalStateException("the halves of the " + purpose.word() + " key do not belong together");
        }
        return key;
    }

    private PublicKey shown(byte[] raw) {
        try {
            return VerifyingKey.publicKey(raw, CryptoProviders.keyFactory(verifying));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the PKCS#11 token's key is not Ed25519", broken);
        }
    }

    @Override
    public synchronized Map<Slot, VerifyingKey> accepted(Purpose purpose) {
        Map<Slot, VerifyingKey> keys = new EnumMap<>(Slot.class);
        keys.put(Slot.CURRENT, openOrCreate(purpose).verifyingKey());
        for (Slot slot : new Slot[] {Slot.NEXT, Slot.OLD}) {
            token.find(label(purpose, slot))
                    .ifPresent(pair -> keys.put(slot, key(purpose, pair).verifyingKey()));
        }
        return keys;
    }

    @Override
    public synchronized VerifyingKey rotate(Purpose purpose) {
        KeyHome.changeable(purpose);
        openOrCreate(purpose);
        String next = label(purpose, Slot.NEXT);
        if (token.find(next).isPresent()) {
            throw new OutOfTurn("there is a next " + purpose.word() + " key already: promote it first");
        }
        return key(purpose, token.make(next)).verifyingKey();
    }

    @Override
    public synchronized VerifyingKey promote(Purpose purpose) {
        KeyHome.changeable(purpose);
        if (token.find(label(purpose, Slot.NEXT)).isEmpty()) {
            throw new OutOfTurn("there is no next " + purpose.word() + " key: rotate first, and start every node anew");
        }
        if (token.find(label(purpose, Slot.OLD)).isPresent()) {
            retire(purpose);
        }
        token.rename(label(purpose, Slot.CURRENT), label(purpose, Slot.OLD));
        token.rename(label(purpose, Slot.NEXT), label(purpose, Slot.CURRENT));
        return openOrCreate(purpose).verifyingKey();
    }

    @Override
    public synchronized void retire(Purpose purpose) {
        KeyHome.changeable(purpose);
        String old = label(purpose, Slot.OLD);
        HsmToken.Pair pair =
                token.find(old).orElseThrow(() -> new OutOfTurn("there is no old " + purpose.word() + " key"));
        token.rename(old, PREFIX + "retired-" + SigningKeys.id(purpose, shown(pair.raw())));
    }

    private static String label(Purpose purpose, Slot slot) {
        return PREFIX
                + purpose.word()
                + switch (slot) {
                    case NEXT -> "-next";
                    case CURRENT -> "";
                    case OLD -> "-old";
                };
    }

    @Override
    public void close() {
        token.close();
    }
}
