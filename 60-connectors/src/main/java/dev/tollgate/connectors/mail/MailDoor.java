// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.mail;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.SinkDoor;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SortableId;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/// Sends mail through one server. To all recipients of a message or to none; a server that answers too
/// late is hung up on. Safe for many threads.
public final class MailDoor implements SinkDoor {
    /// Mails at once: servers count connections, and more would only wait there.
    private static final int CALLS_MAX = 8;

    private static final int REFUSED_FROM = 400;

    /// Causes that are looked at: one for each recipient, and the message.
    private static final int CAUSES_MAX = 32;

    private final MailConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Semaphore calls = new Semaphore(CALLS_MAX);

    /// A door to that server. Nothing is sent before the first call.
    ///
    /// @param random makes message ids
    public MailDoor(MailConfig config, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String send(Ask.Send message, Credential credential, DoorLimits limits) {
        Deadline deadline = Deadline.in(limits.timeMax());
        Session session = session(limits);
        var now = clock.instant();
        Letter letter = Letter.of(session, config.from(), SortableId.at(now, random), now, SinkDoor.values(message));
        bounded(deadline, () -> handed(session, letter, credential), letter::left);
        return letter.id();
    }

    @Override
    public void knock(Credential credential, DoorLimits limits) {
        Session session = session(limits);
        bounded(
                Deadline.in(limits.timeMax()),
                () -> {
                    try (Transport transport = connected(session, credential)) {
                        return transport.isConnected();
                    }
                },
                () -> false);
    }

    private boolean handed(Session session, Letter letter, Credential credential) throws MessagingException {
        Transport transport = connected(session, credential);
        try {
            transport.sendMessage(letter, letter.getAllRecipients());
        } catch (MessagingException failed) {
            closed(transport);
            throw failed;
        }
        return closed(transport);
    }

    /// The message was taken or refused before: how the connection ends changes nothing.
    private static boolean closed(Transport transport) {
        try {
            transport.close();
            return true;
        } catch (MessagingException _) {
            return false;
        }
    }

    @RevealsSecret("SMTP authentication takes the password")
    private Transport connected(Session session, Credential credential) throws MessagingException {
        Transport transport = session.getTransport(config.implicit() ? "smtps" : "smtp");
        if (config.user().isPresent()) {
            transport.connect(
                    config.host(),
                    config.port(),
                    config.user().get(),
                    credential.secret().reveal());
        } else {
            transport.connect(config.host(), config.port(), null, null);
        }
        return transport;
    }

    /// The library's own timeouts begin anew with every byte: a server that drips would hold the call
    /// for ever. On a virtual thread an interrupt closes the connection.
    private void bounded(Deadline deadline, Callable<Boolean> step, BooleanSupplier left) {
        FutureTask<Boolean> task = new FutureTask<>(step);
        try {
            if (!calls.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                throw new UpstreamBroken(Why.UNREACHABLE);
            }
            try {
                Thread.ofVirtual().name("mail").start(task);
                task.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
            } finally {
                task.cancel(true);
                calls.release();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UpstreamBroken(lost(left));
        } catch (TimeoutException _) {
            throw new UpstreamBroken(lost(left));
        } catch (ExecutionException failed) {
            throw new UpstreamBroken(why(failed.getCause(), left));
        }
    }

    private static Why lost(BooleanSupplier left) {
        return left.getAsBoolean() ? Why.UNKNOWN_OUTCOME : Why.UNREACHABLE;
    }

    private static Why why(@Nullable Throwable cause, BooleanSupplier left) {
        if (cause instanceof AuthenticationFailedException) {
            return Why.REJECTED;
        }
        return refused(cause) ? Why.REJECTED : lost(left);
    }

    /// Whether the server said no, to the message or to one of its recipients.
    private static boolean refused(@Nullable Throwable cause) {
        int steps = 0;
        for (Throwable one = cause; one != null && steps++ < CAUSES_MAX; one = next(one)) {
            int code = switch (one) {
                case SMTPSendFailedException message -> message.getReturnCode();
                case SMTPAddressFailedException address -> address.getReturnCode();
                default -> 0;
            };
            if (code >= REFUSED_FROM) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause instanceof MessagingException one ? one.getNextException() : null;
    }

    private Session session(DoorLimits limits) {
        String protocol = config.implicit() ? "mail.smtps." : "mail.smtp.";
        String millis = Long.toString(limits.timeMax().toMillis());
        Properties properties = new Properties();
        properties.setProperty(protocol + "connectiontimeout", millis);
        properties.setProperty(protocol + "timeout", millis);
        properties.setProperty(protocol + "auth", Boolean.toString(config.user().isPresent()));
        properties.setProperty(protocol + "ssl.checkserveridentity", "true");
        properties.setProperty(protocol + "starttls.enable", Boolean.toString(config.upgrades()));
        properties.setProperty(protocol + "starttls.required", Boolean.toString(config.upgrades()));
        properties.setProperty(protocol + "sendpartial", "false");
        properties.setProperty(protocol + "quitwait", "false");
        properties.setProperty(protocol + "from", config.from().text());
        properties.setProperty(protocol + "localhost", config.from().host());
        return Session.getInstance(properties);
    }

    @Override
    public boolean needsCredential() {
        return config.user().isPresent();
    }

    @Override
    public void close() {
        calls.drainPermits();
    }
}
