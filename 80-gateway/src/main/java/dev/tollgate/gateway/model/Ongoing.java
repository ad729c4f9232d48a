// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.model;

import dev.tollgate.audit.AuditLog;
import dev.tollgate.audit.Traffic;
import dev.tollgate.connectors.model.ModelDoor;
import dev.tollgate.gateway.ModelFront.Format;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request to a model that is under way: counts what goes through, and writes how it ended. For one thread.
final class Ongoing {
    static final SystemId SYSTEM = ModelDoor.SYSTEM;

    private final Format format;
    private final Principal who;
    private final String model;
    private final RequestId request;
    private final long decisionIndex;
    private final Instant began;
    private final Parts parts;
    private final Sieve sieve;
    private final MessageDigest output = sha256();
    private final long sent;
    private long received;
    private Optional<String> answeredBy = Optional.empty();

    /// What it takes of the house.
    record Parts(AuditLog log, Oversight people, InstantSource clock) {}

    Ongoing(
            Format format,
            Principal who,
            String model,
            RequestId request,
            long decisionIndex,
            long sent,
            Sieve sieve,
            Parts parts) {
        this.format = format;
        this.who = who;
        this.model = model;
        this.request = request;
        this.decisionIndex = decisionIndex;
        this.sent = sent;
        this.sieve = sieve;
        this.parts = parts;
        this.began = parts.clock().instant();
    }

    Format format() {
        return format;
    }

    /// Whether the caller may still hear the model: its token lasts, and nobody stopped it.
    Step<?> standing() {
        if (!parts.clock().instant().isBefore(who.delegation().expires())) {
            return Step.refuse(new Refusal.Unauthenticated());
        }
        return parts.people().check(Models.subject(who, model));
    }

    void received(String data) {
        received(data.getBytes(StandardCharsets.UTF_8).length);
    }

    void received(long bytes) {
        received += bytes;
    }

    /// What the caller gets, for the hash of the output.
    void released(byte[] bytes) {
        output.update(bytes);
    }

    /// Who the provider says has answered; what it says is looked at like any text.
    void answeredBy(String version) {
        answeredBy = answeredBy.or(() -> Optional.of(sieve.clean(version)).filter(text -> text.length() <= 256));
    }

    /// Writes the outcome. Refuses with `Unrecorded`.
    Step<Long> end(Optional<Refusal> why, String word) {
        long micros = Duration.between(began, parts.clock().instant()).toNanos() / 1_000;
        Traffic traffic = new Traffic(
                sent,
                received,
                word,
                answeredBy,
                Optional.of("sha256:" + HexFormat.of().formatHex(output.digest())),
                sieve.removed());
        return parts.log()
                .record(traffic.outcome(
                        request, decisionIndex, why, new TreeMap<>(Map.of("total", Math.max(0, micros)))))
                .then(recorded -> Step.pass(recorded.logIndex()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
