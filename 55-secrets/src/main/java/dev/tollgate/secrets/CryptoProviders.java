// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Picks what computes Ed25519 signatures. Never installs a provider for the whole process: the JDK hashes
/// faster than Corretto's, and other code should not change behaviour because of us.
public final class CryptoProviders {
    private static final Logger LOG = LoggerFactory.getLogger(CryptoProviders.class);

    /// RFC 8032 §7.1, test 1: the private key as PKCS#8, and its signature of the empty message.
    private static final String TEST_KEY =
            "302e020100300506032b657004220420" + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String TEST_SIGNATURE = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

    private static final String CORRETTO_KEYS = "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

    private CryptoProviders() {}

    /// The fastest provider that works on this machine: Corretto's (11 µs a signature), Bouncy Castle (43 µs),
    /// the JDK's own (851 µs). Each must reproduce a published signature before it is taken.
    public static Provider best() {
        return firstWorking(
                List.of(CryptoProviders::corretto, BouncyCastleProvider::new, () -> Security.getProvider("SunEC")));
    }

    /// Corretto's provider hides its own Ed25519 keys unless it is asked for them before its class is loaded.
    /// It takes the JDK's keys as well, but translates them at each signature, which doubles its time.
    private static Provider corretto() {
        System.setProperty(CORRETTO_KEYS, "true");
        return AmazonCorrettoCryptoProvider.INSTANCE;
    }

    /// Makes keys of the provider's own kind where it has one, and of the JDK's kind, which every provider takes,
    /// elsewhere.
    public static KeyFactory keyFactory(Provider provider) throws GeneralSecurityException {
        return provider.getService("KeyFactory", "Ed25519") == null
                ? KeyFactory.getInstance("Ed25519")
                : KeyFactory.getInstance("Ed25519", provider);
    }

    static Provider firstWorking(List<Supplier<Provider>> candidates) {
        for (Supplier<Provider> candidate : candidates) {
            try {
                Provider provider = candidate.get();
                if (works(provider)) {
                    LOG.atDebug().addKeyValue("provider", provider.getName()).log("signatures are computed");
                    return provider;
                }
            } catch (LinkageError | RuntimeException unusable) {
                // A native library for another machine or an older libc shows in many ways; the next one is tried.
                LOG.atDebug()
                        .addKeyValue("cause", unusable.getClass().getSimpleName())
                        .log("provider is not usable");
            }
        }
        throw new IllegalStateException("no provider of this platform can sign with Ed25519");
    }

    private static boolean works(Provider provider) {
        try {
            PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(HexFormat.of().parseHex(TEST_KEY));
            Signature signature = Signature.getInstance("Ed25519", provider);
            signature.initSign(keyFactory(provider).generatePrivate(key));
            return Arrays.equals(signature.sign(), HexFormat.of().parseHex(TEST_SIGNATURE));
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
