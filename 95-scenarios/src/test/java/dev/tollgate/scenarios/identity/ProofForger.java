// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import dev.tollgate.scenarios.harness.Prover;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Writes proofs of possession, good ones and spoilt ones.
record ProofForger(Prover owner, Prover thief) {
    /// Values of the header `DPoP` that a recipe describes.
    List<String> proofs(String recipe, String url, String token, Instant now) {
        Map<String, String> header = owner.header();
        Map<String, String> claims = owner.claims("POST", url, token, now);
        String argument = recipe.substring(recipe.indexOf(':') + 1);
        int equals = argument.indexOf('=');
        return switch (recipe.contains(":") ? recipe.substring(0, recipe.indexOf(':')) : recipe) {
            case "-", "none" -> List.of();
            case "good", "used", "used-elsewhere" -> List.of(owner.proof(header, claims));
            case "thief" -> List.of(thief.proof("POST", url, token, now));
            case "two" -> List.of(owner.proof(header, claims), owner.proof("POST", url, token, now));
            case "raw" -> List.of(argument);
            case "size" -> List.of("x".repeat(Integer.parseInt(argument)));
            case "tail" -> List.of(owner.signed(Prover.object(header), Prover.object(claims) + "{}"));
            case "flip" -> List.of(flipped(owner.proof(header, claims)));
            case "h" -> {
                header.put(argument.substring(0, equals), key(argument.substring(equals + 1)));
                yield List.of(owner.proof(header, claims));
            }
            case "c" -> {
                claims.put(argument.substring(0, equals), filled(argument.substring(equals + 1), url, now));
                yield List.of(owner.proof(header, claims));
            }
            case "c-" -> {
                claims.remove(argument);
                yield List.of(owner.proof(header, claims));
            }
            default -> throw new IllegalArgumentException("no such proof: " + recipe);
        };
    }

    private static String flipped(String proof) {
        int at = proof.lastIndexOf('.') + 1;
        return proof.substring(0, at) + (proof.charAt(at) == 'A' ? 'B' : 'A') + proof.substring(at + 1);
    }

    private String key(String value) {
        return switch (value) {
            case "THIEF" -> thief.jwk();
            case "PRIVATE" -> owner.jwk().replace("}", ",\"d\":\"AQAB\"}");
            default -> value;
        };
    }

    private static String filled(String value, String url, Instant now) {
        return value.replace("PORT", url.substring(url.lastIndexOf(':') + 1).replaceAll("/.*", ""))
                .replace("OLD", Long.toString(now.getEpochSecond() - 61))
                .replace("SOON", Long.toString(now.getEpochSecond() + 10))
                .replace("NOW", Long.toString(now.getEpochSecond()));
    }
}
