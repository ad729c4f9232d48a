// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import dev.tollgate.scenarios.harness.Prover;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.terms.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Writes tokens with the deployment's own key, good ones and every kind of spoilt one, byte by byte.
final class Forger {
    private static final Base64.Encoder ENCODE = Base64.getUrlEncoder().withoutPadding();
    private static final String THUMB = "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2";

    private final SigningKey key;
    private final SigningKey tokens;
    private final Prover owner;
    private final Prover thief;

    Forger(Path data, Prover owner, Prover thief) {
        SigningKeys keys = new SigningKeys(data.resolve("keys"), CryptoProviders.best());
        this.key = keys.openOrCreate(SigningKeys.Purpose.DELEGATION);
        this.tokens = keys.openOrCreate(SigningKeys.Purpose.TOKEN);
        this.owner = owner;
        this.thief = thief;
    }

    /// The members of a good token's claims, raw JSON by name, in the order that the gateway writes.
    private static Map<String, String> claims(Instant now, String id) {
        Map<String, String> claims = new TreeMap<>();
        claims.put("iss", "\"tollgate\"");
        claims.put("aud", "\"tollgate-gateway\"");
        claims.put("jti", "\"" + id + "\"");
        claims.put("sub", "\"alice\"");
        claims.put("client_id", "\"sales-copilot\"");
        claims.put("act", "{\"sub\":\"sales-copilot\"}");
        claims.put("scope", "\"crm:account:read\"");
        claims.put("workflow", "\"prepare-sales-call\"");
        claims.put("task", "\"task-" + id + "\"");
        claims.put("session", "\"session-" + id + "\"");
        claims.put("iat", Long.toString(now.getEpochSecond()));
        claims.put("exp", Long.toString(now.getEpochSecond() + 600));
        return claims;
    }

    /// The token that a recipe describes: steps divided by ` ;; `.
    String token(String recipe, Instant now, String id) {
        List<String> steps = Arrays.asList(recipe.split(" ;; ", -1));
        Map<String, String> claims = claims(now, id);
        String header = "{\"alg\":\"EdDSA\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}";
        String payload = "";
        String how = "";
        String raw = "";
        boolean literal = false;
        for (String step : steps) {
            String argument = step.substring(Math.min(step.length(), step.indexOf(':') + 1));
            switch (step.substring(0, Math.max(0, step.indexOf(':')))) {
                case "h" -> header = argument;
                case "c" -> {
                    int equals = argument.indexOf('=');
                    claims.put(argument.substring(0, equals), argument.substring(equals + 1));
                }
                case "c-" -> claims.remove(argument);
                case "p" -> payload = argument;
                case "s" -> how = argument;
                case "t" -> {
                    String[] ends = argument.split(",", -1);
                    claims.put("iat", Long.toString(now.getEpochSecond() + Long.parseLong(ends[0])));
                    claims.put("exp", Long.toString(now.getEpochSecond() + Long.parseLong(ends[1])));
                }
                case "raw" -> {
                    raw = argument;
                    literal = true;
                }
                case "size" -> claims.put("request", "\"" + "x".repeat(Integer.parseInt(argument)) + "\"");
                case "" -> owned(step).ifPresent(cnf -> claims.put("cnf", cnf));
                default -> throw new IllegalArgumentException("no such step: " + step);
            }
        }
        String head = header.replace("TOKENKID", tokens.keyId()).replace("KID", key.keyId());
        boolean whole = steps.stream().anyMatch(step -> step.startsWith("p:"));
        String said = whole ? payload(payload, now) : Prover.object(claims);
        String signed = sign(head, written(said, now), how);
        return literal
                ? raw.replace("GOOD2", signed.substring(0, signed.lastIndexOf('.')))
                        .replace("GOOD", signed)
                : signed;
    }

    private java.util.Optional<String> owned(String word) {
        String ours = "{\"jkt\":\"" + owner.thumbprint() + "\"}";
        return switch (word) {
            case "good" -> java.util.Optional.empty();
            case "bound" -> java.util.Optional.of(ours);
            case "bound-to-thief" -> java.util.Optional.of("{\"jkt\":\"" + thief.thumbprint() + "\"}");
            case "certified" -> java.util.Optional.of("{\"x5t#S256\":\"" + THUMB + "\"}");
            case "both" ->
                java.util.Optional.of("{\"jkt\":\"" + owner.thumbprint() + "\",\"x5t#S256\":\"" + THUMB + "\"}");
            default -> throw new IllegalArgumentException("no such token: " + word);
        };
    }

    private static String payload(String word, Instant now) {
        return switch (word) {
            case "DEEP" -> "{\"act\":".repeat(400) + "1" + "}".repeat(400);
            case "UNSORTED" ->
                claims(now, "x").entrySet().stream()
                        .sorted(Map.Entry.<String, String>comparingByKey().reversed())
                        .map(claim -> "\"" + claim.getKey() + "\":" + claim.getValue())
                        .collect(Collectors.joining(",", "{", "}"));
            default -> word;
        };
    }

    private static String written(String claims, Instant now) {
        return claims.replace("EXP", Long.toString(now.getEpochSecond() + 600))
                .replace("CHAIN9", chain(9))
                .replace("CHAIN100", chain(100));
    }

    private static String chain(int actors) {
        String chain = "{\"sub\":\"sales-copilot\"}";
        for (int at = 1; at < actors; at++) {
            chain = "{\"act\":" + chain + ",\"sub\":\"sales-copilot\"}";
        }
        return chain;
    }

    private String sign(String header, String payload, String how) {
        String input = encode(header) + "." + encode(payload);
        byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
        byte[] good = key.sign(bytes);
        return input + "."
                + switch (how) {
                    case "" -> ENCODE.encodeToString(good);
                    case "empty" -> "";
                    case "flip" -> {
                        good[0] ^= 1;
                        yield ENCODE.encodeToString(good);
                    }
                    case "zero" -> ENCODE.encodeToString(new byte[good.length]);
                    case "short" -> ENCODE.encodeToString(Arrays.copyOf(good, good.length - 1));
                    case "long" -> ENCODE.encodeToString(Arrays.copyOf(good, good.length + 1));
                    case "other" -> ENCODE.encodeToString(stranger().sign(bytes));
                    case "decision" -> ENCODE.encodeToString(tokens.sign(bytes));
                    case "pad" -> Base64.getUrlEncoder().encodeToString(good);
                    case "plus" -> Base64.getEncoder().withoutPadding().encodeToString(good) + "+";
                    case "swap" -> ENCODE.encodeToString(key.sign((input + "x").getBytes(StandardCharsets.US_ASCII)));
                    case "hmac" -> ENCODE.encodeToString(hmac(bytes));
                    default -> throw new IllegalArgumentException("no such signature: " + how);
                };
    }

    private byte[] hmac(byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.pair().getPublic().getEncoded(), "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private SigningKey stranger() {
        try {
            return new SigningKey(
                    key.keyId(), KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), key.provider());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String encode(String text) {
        return ENCODE.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
