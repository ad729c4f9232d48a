// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditEntry.Administered.Event;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.terms.Step;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes every activation of a bundle in this node's log, before the first decision under it, and tells connected
/// clients that their tools may have changed. Activations are made by commands and by other nodes, so a call sees them
/// first, or a look every second when nobody calls.
final class Activations implements Bundles.Follower, AutoCloseable {
    /// The member of an entry's detail that holds the number of the activation in force.
    static final String DETAIL = "activation";

    private static final Logger LOG = LoggerFactory.getLogger(Activations.class);
    private static final int EVERY_MILLIS = 1_000;

    /// Entries are canonical, so their bytes tell without being parsed.
    private static final Pattern NUMBER = Pattern.compile("\"" + DETAIL + "\":\"(\\d{1,18})\"");

    private final AuditLog log;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("activations").factory());
    private final ScheduledFuture<?> looking;
    private volatile Runnable clients = () -> {};

    private Activations(AuditLog log, Bundles bundles) {
        this.log = log;
        this.looking =
                timer.scheduleWithFixedDelay(() -> look(bundles), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Follows `bundles` from what the log knows; a log that knows nothing begins with what is in force.
    static Activations follow(AuditRoom room, Bundles bundles) {
        Activations activations = new Activations(room.audit(), bundles);
        long newest = newest(bundles).map(Bundles.Activation::number).orElse(0L);
        bundles.follow(activations, room.activation().orElse(Math.max(0, newest - 1)));
        return activations;
    }

    /// What is in force.
    static Optional<Bundles.Activation> newest(Bundles bundles) {
        return bundles.history(1).stream().findFirst();
    }

    /// The number of the activation that an entry tells of.
    static OptionalLong number(byte[] entry) {
        String text = new String(entry, StandardCharsets.UTF_8);
        if (!text.contains("\"kind\":\"administered\"")) {
            return OptionalLong.empty();
        }
        Matcher number = NUMBER.matcher(text);
        return number.find() ? OptionalLong.of(Long.parseLong(number.group(1))) : OptionalLong.empty();
    }

    /// Tells `listeners` of changes from now on.
    void tell(Runnable listeners) {
        clients = listeners;
    }

    @Override
    public boolean activated(Bundles.Activation activation) {
        AuditEntry entry = new AuditEntry.Administered(
                activation.again() ? Event.BUNDLE_ROLLED_BACK : Event.BUNDLE_ACTIVATED,
                activation.by(),
                Optional.of(activation.version()),
                Map.of(
                        DETAIL,
                        Long.toString(activation.number()),
                        "at",
                        activation.at().toString(),
                        "label",
                        activation.label()));
        boolean noted = log.record(entry) instanceof Step.Passed<AuditLog.Recorded>;
        if (noted) {
            clients.run();
        }
        return noted;
    }

    private static void look(Bundles bundles) {
        if (!(bundles.active() instanceof Step.Passed<DecisionPoint>)) {
            LOG.atWarn()
                    .log("nothing is decided: no bundle is in force, nobody can read which, or the log cannot note it");
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdownNow();
    }
}
