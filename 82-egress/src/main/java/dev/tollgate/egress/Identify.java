// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.egress.wire.Field;
import dev.tollgate.egress.wire.Framing;
import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Who is behind a request: the token in `Proxy-Authorization`, as bearer or as the password of a basic one, since that
/// is all that most clients of proxies can be told.
record Identify(Callers callers, Bundles bundles) {
    /// A token of ours has about 1,200 characters.
    private static final int CHARS_MAX = 12_288;

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    /// Somebody that the bundle in force knows.
    record Known(Principal who, Bundle bundle) {}

    /// Refuses with `Unauthenticated`, whatever is wrong, or with `Undecidable` when no bundle is in force.
    Step<Known> of(List<Field> fields) {
        return token(fields)
                .map(callers::proven)
                .orElseGet(() -> Step.refuse(new Refusal.Unauthenticated()))
                .then(delegation -> active().then(point ->
                        point.bundle().principal(delegation).then(who -> Step.pass(new Known(who, point.bundle())))));
    }

    private Step<DecisionPoint> active() {
        try {
            return bundles.active();
        } catch (RuntimeException _) {
            // Whatever is the matter with the store: the unknown is a no.
            return Step.refuse(new Refusal.Undecidable("the policy in force cannot be read"));
        }
    }

    private static Optional<SecretValue> token(List<Field> fields) {
        List<String> values = Framing.values(fields, "proxy-authorization");
        if (values.size() != 1 || values.getFirst().length() > CHARS_MAX) {
            return Optional.empty();
        }
        String value = values.getFirst();
        if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(SecretValue.of(value.substring(BEARER.length()).strip()));
        }
        return value.regionMatches(true, 0, BASIC, 0, BASIC.length())
                ? password(value.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    private static Optional<SecretValue> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(SecretValue.of(pair.substring(colon + 1)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
