// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.terms.Base64Url;
import dev.tollgate.terms.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes proofs of the local trust domain, good ones and others, as a table tells it.
final class LocalForger {
    private final SigningKey key;
    private final SigningKey stranger;
    private int count;

    LocalForger(Path data) {
        try {
            key = new SigningKeys(data.resolve("keys"), CryptoProviders.best())
                    .openOrCreate(SigningKeys.Purpose.IDENTITY);
            stranger = new SigningKey(
                    "stranger",
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
                    Security.getProvider("SunEC"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /// A proof with edits: `h old => new` in the header, `c old => new` in the claims, `t old => new` in the whole,
    /// several with `;;` between. `NOW+60` is a second of the clock, `PAD` many characters.
    ///
    /// @param type      `JWT` for agents, `person+jwt` for people
    /// @param signature `good`, `none`, `stranger`, `hmac`, `cut`
    String proof(String type, String subject, String edits, String signature, Instant now) {
        long second = now.getEpochSecond();
        String header = "{\"alg\":\"EdDSA\",\"kid\":\"" + key.keyId() + "\",\"typ\":\"" + type + "\"}";
        String claims = "{\"iss\":\"tollgate/local\",\"aud\":\"tollgate/local\",\"sub\":\"" + subject
                + "\",\"jti\":\"forged-" + count++ + "\",\"iat\":" + second + ",\"exp\":" + (second + 300) + "}";
        String edited = edits.equals("-") ? "" : edits;
        for (String edit : edited.isEmpty() ? new String[0] : edited.split(" ;; ", -1)) {
            header = edit.startsWith("h ") ? changed(header, edit, second) : header;
            claims = edit.startsWith("c ") ? changed(claims, edit, second) : claims;
        }
        String input = part(header) + "." + part(claims);
        String whole = input + "." + signed(input, signature);
        for (String edit : edited.isEmpty() ? new String[0] : edited.split(" ;; ", -1)) {
            whole = edit.startsWith("t ") ? changed(whole, edit, second) : whole;
        }
        return whole;
    }

    private static String changed(String text, String edit, long second) {
        String[] sides = edit.substring(2).split(" => ", -1);
        String now = sides[1].replace("PAD", "x".repeat(20_000));
        for (int at : new int[] {-1, 0, 20, 60, 300, 301, 9_000}) {
            now = now.replace("NOW+" + at + "s", String.valueOf(second + at));
        }
        if (sides[0].equals("WHOLE")) {
            return now.replace("IT", text);
        }
        String old = sides[0];
        int from = text.indexOf(old);
        if (from < 0) {
            throw new IllegalArgumentException("no `" + old + "` to forge");
        }
        return text.substring(0, from) + now + text.substring(from + old.length());
    }

    private static String part(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private String signed(String input, String how) {
        byte[] message = input.getBytes(StandardCharsets.US_ASCII);
        return switch (how) {
            case "good" -> Base64Url.encode(key.sign(message));
            case "none" -> "";
            case "stranger" -> Base64Url.encode(stranger.sign(message));
            case "cut" -> Base64Url.encode(key.sign(message)).substring(0, 80);
            case "hmac" -> Base64Url.encode(hmac(message));
            default -> throw new IllegalArgumentException("no signature `" + how + "`");
        };
    }

    /// The public key taken for a shared secret.
    private byte[] hmac(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.verifyingKey().raw(), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
